"""How a field of a record is read from what somebody typed, and written as a text again.

Every reader takes the text without blanks around it and raises `Unfit`. What is written reads back
as the same value, so that a record is the same in a form, in a CSV file and in the log.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from scheduler.domain.errors import Sentence
from scheduler.domain.parsing import Unfit, some_text
from scheduler.domain.parsing import whole as whole_number
from scheduler.flows.records.around import Around
from scheduler.flows.records.typed import day_in, duration, duration_text

_LONGEST = 500
_YES = Sentence("ja", "yes")
_NO = Sentence("nee", "no")


class Control(StrEnum):
    """How a field is asked for on a page."""

    LINE = "line"
    AREA = "area"
    DAY = "day"
    CHOICE = "choice"
    SEVERAL = "several"
    YES_NO = "yes_no"


class Shape(Protocol):
    """What a field holds."""

    @property
    def control(self) -> Control:
        """How it is asked for."""
        ...

    def read(self, text: str, around: Around) -> Any:
        """The value of a text; Unfit where it has none."""
        ...

    def write(self, value: Any) -> str:
        """The text of a value."""
        ...

    def said(self, text: str, around: Around) -> Sentence:
        """A text as people read it."""
        ...

    def options(self, text: str, around: Around) -> "tuple[Option, ...]":
        """What can be chosen, beside what the text has chosen already; none where it is typed."""
        ...


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen: its text, and what it is called."""

    text: str
    name: Sentence


def as_it_is(text: str) -> Sentence:
    """A text that is the same in both languages."""
    return Sentence(text, text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A text in one line."""

    required: bool = True
    control: Control = Control.LINE

    def read(self, text: str, around: Around) -> str:
        """At most 500 letters, without control characters."""
        if len(text) > _LONGEST:
            raise Unfit(f"hoogstens {_LONGEST} tekens", f"at most {_LONGEST} characters")
        return some_text(text) if text or self.required else ""

    def write(self, value: str) -> str:
        """The text itself."""
        return value

    def said(self, text: str, around: Around) -> Sentence:
        """The text itself."""
        return as_it_is(text)

    def options(self, text: str, around: Around) -> tuple[Option, ...]:
        """None: it is typed."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A whole number; an empty text is the default, which is none where it isn't given."""

    most: int
    least: int = 0
    default: int | None = None
    control: Control = Control.LINE

    def read(self, text: str, around: Around) -> int | None:
        """A number within its bounds."""
        return whole_number(self.least, self.most)(text) if text else self.default

    def write(self, value: int | None) -> str:
        """The number's digits."""
        return "" if value is None else str(value)

    def said(self, text: str, around: Around) -> Sentence:
        """The digits."""
        return as_it_is(text)

    def options(self, text: str, around: Around) -> tuple[Option, ...]:
        """None: it is typed."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Whole):
    """A whole number; where nothing is filled in the least of its bounds."""

    def read(self, text: str, around: Around) -> int:
        """A number within its bounds."""
        return whole_number(self.least, self.most)(text) if text else self.least


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """A length of time, kept in whole minutes: `120`, `7,5` or `121:40` hours."""

    required: bool = True
    least_minutes: int = 1
    control: Control = Control.LINE

    def read(self, text: str, around: Around) -> int | None:
        """Minutes."""
        if not text and not self.required:
            return None
        return duration(text, least=self.least_minutes)

    def write(self, value: int | None) -> str:
        """Whole hours, or hours and minutes."""
        return "" if value is None else duration_text(value)

    def said(self, text: str, around: Around) -> Sentence:
        """With its unit."""
        return Sentence(f"{text} uur", f"{text} hours") if text else as_it_is("")

    def options(self, text: str, around: Around) -> tuple[Option, ...]:
        """None: it is typed."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A local day."""

    required: bool = False
    control: Control = Control.DAY

    def read(self, text: str, around: Around) -> date | None:
        """As `2027-01-31`, `31-1-2027` or `31/1/2027`."""
        return day_in(text) if text or self.required else None

    def write(self, value: date | None) -> str:
        """As ISO 8601 writes it."""
        return "" if value is None else value.isoformat()

    def said(self, text: str, around: Around) -> Sentence:
        """The day as it is written; pages put it into words."""
        return as_it_is(text)

    def options(self, text: str, around: Around) -> tuple[Option, ...]:
        """None: it is typed."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNo:
    """Yes or no; an empty text is no, as a box that isn't ticked sends nothing."""

    control: Control = Control.YES_NO

    def read(self, text: str, around: Around) -> bool:
        """Also the English words."""
        word = text.casefold()
        if word in {_YES.nl, _YES.en}:
            return True
        if word in {"", _NO.nl, _NO.en}:
            return False
        raise Unfit("ja of nee", "yes or no")

    def write(self, value: bool) -> str:
        """In Dutch."""
        return _YES.nl if value else _NO.nl

    def said(self, text: str, around: Around) -> Sentence:
        """The word."""
        return _YES if text == _YES.nl else _NO

    def options(self, text: str, around: Around) -> tuple[Option, ...]:
        """None: it is typed."""
        return ()
