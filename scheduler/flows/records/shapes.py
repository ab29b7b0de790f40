"""How a field of a record is read from what somebody typed, and written as a text again.

Every reader takes the text without blanks around it and raises `Unfit`. What is written reads back
as the same value, so that a record is the same in a form, in a CSV file and in the log.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from scheduler.domain.errors import Sentence
from scheduler.domain.parsing import Unfit, identifier, some_text
from scheduler.domain.parsing import whole as whole_number
from scheduler.flows.records.around import Around
from scheduler.flows.records.typed import day_in, duration, duration_text

_LONGEST = 500
_SEPARATOR = ", "
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


def _as_it_is(text: str) -> Sentence:
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
        return _as_it_is(text)

    def options(self, text: str, around: Around) -> tuple[Option, ...]:
        """None: it is typed."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A whole number, or none."""

    most: int
    least: int = 0
    control: Control = Control.LINE

    def read(self, text: str, around: Around) -> int | None:
        """A number within its bounds; an empty text is none."""
        return whole_number(self.least, self.most)(text) if text else None

    def write(self, value: int | None) -> str:
        """The number's digits."""
        return "" if value is None else str(value)

    def said(self, text: str, around: Around) -> Sentence:
        """The digits."""
        return _as_it_is(text)

    def options(self, text: str, around: Around) -> tuple[Option, ...]:
        """None: it is typed."""
        return ()


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
        return Sentence(f"{text} uur", f"{text} hours") if text else _as_it_is("")

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
        return _as_it_is(text)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf:
    """One of a closed list, by its Dutch word."""

    words: Mapping[Any, Sentence]
    control: Control = Control.CHOICE

    def read(self, text: str, around: Around) -> Any:
        """The member whose word it is, in either language."""
        for member, word in self.words.items():
            if text.casefold() in {word.nl.casefold(), word.en.casefold()}:
                return member
        raise Unfit(
            f"een van: {_SEPARATOR.join(word.nl for word in self.words.values())}",
            f"one of {_SEPARATOR.join(word.en for word in self.words.values())}",
        )

    def write(self, value: Any) -> str:
        """The Dutch word."""
        return self.words[value].nl

    def said(self, text: str, around: Around) -> Sentence:
        """The word."""
        return next((word for word in self.words.values() if word.nl == text), _as_it_is(text))

    def options(self, text: str, around: Around) -> tuple[Option, ...]:
        """Every word of the list."""
        return tuple(Option(word.nl, word) for word in self.words.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """Another record, by its identifier or its name."""

    noun: str
    required: bool = True
    control: Control = Control.CHOICE

    def read(self, text: str, around: Around) -> str | None:
        """The identifier."""
        if not text and not self.required:
            return None
        return around.found(self.noun, text)

    def write(self, value: str | None) -> str:
        """The identifier."""
        return value or ""

    def said(self, text: str, around: Around) -> Sentence:
        """The name."""
        return _as_it_is(around.called(self.noun, text))

    def options(self, text: str, around: Around) -> tuple[Option, ...]:
        """Every one that hasn't ended, by name."""
        return _named(around, self.noun, (text,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """Any number of others, in the order of their identifiers; with none the meaning of `empty`.

    `reader` reads one that isn't known yet, such as a new topic; without it all must be known.
    `words` are a closed list's, which stands in no row.
    """

    noun: str
    empty: Sentence
    reader: Callable[[str], str] | None = None
    words: Mapping[str, Sentence] = field(default_factory=dict)
    control: Control = Control.SEVERAL

    def read(self, text: str, around: Around) -> tuple[str, ...]:
        """The identifiers."""
        words = [word.strip() for word in text.split(",") if word.strip()]
        return tuple(sorted({self._one(word, around) for word in words}))

    def _one(self, word: str, around: Around) -> str:
        if self.words:
            return str(OneOf(words=self.words).read(self._word(word), around))
        if self.reader is not None and word not in around.names[self.noun]:
            return self.reader(word)
        return around.found(self.noun, word)

    def _word(self, text: str) -> str:
        """A member of the list by its own name, as its word."""
        return self.words[text].nl if text in self.words else text

    def write(self, value: tuple[str, ...]) -> str:
        """The identifiers, with commas."""
        return _SEPARATOR.join(sorted(value))

    def said(self, text: str, around: Around) -> Sentence:
        """The names."""
        names = [self._name(word, around) for word in text.split(_SEPARATOR) if word]
        if not names:
            return self.empty
        return Sentence(
            _SEPARATOR.join(name.nl for name in names), _SEPARATOR.join(name.en for name in names)
        )

    def _name(self, word: str, around: Around) -> Sentence:
        return self.words.get(word) or _as_it_is(around.called(self.noun, word))

    def options(self, text: str, around: Around) -> tuple[Option, ...]:
        """Every one that hasn't ended, by name."""
        if self.words:
            return tuple(Option(key, name) for key, name in self.words.items())
        return _named(around, self.noun, text.split(_SEPARATOR))


def topic(word: str) -> str:
    """A topic, known or new."""
    return identifier(word)


def _named(around: Around, noun: str, chosen: Iterable[str]) -> tuple[Option, ...]:
    return tuple(Option(each.id, _as_it_is(each.name)) for each in around.offered(noun, chosen))
