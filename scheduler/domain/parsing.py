"""Reading a text as a value, or saying what was expected instead.

Every reader takes the text without blanks around it and raises `Unfit`. The same readers serve the
cells of a CSV file and the settings of a TOML file.
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from scheduler.domain.errors import Sentence

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Reader = Callable[[str], T]

_IDENTIFIER = re.compile(r"[A-Za-z0-9]+([-_][A-Za-z0-9]+)*")
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_DECIMAL = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:00)?")


class Unfit(ValueError):
    """The text isn't what was expected."""

    def __init__(self, nl: str, en: str) -> None:
        """Say what was expected, in Dutch and English."""
        super().__init__(en)
        self.expected = Sentence(nl, en)


def any_text(text: str) -> str:
    """Any text in one line, or none."""
    if not text.isprintable():
        raise Unfit("tekst op één regel, zonder stuurtekens", "text in one line, without controls")
    return text


def some_text(text: str) -> str:
    """A text in one line that isn't empty."""
    if not text:
        raise Unfit("een tekst", "a text")
    return any_text(text)


def identifier(text: str) -> str:
    """Letters, digits, and single hyphens or underscores between them."""
    if not _IDENTIFIER.fullmatch(text):
        raise Unfit(
            "een kenmerk van letters, cijfers en streepjes",
            "an identifier of letters, digits and hyphens",
        )
    return text


def whole(least: int, most: int) -> Reader[int]:
    """A whole number from `least` up to and including `most`."""

    def read(text: str) -> int:
        if not _WHOLE.fullmatch(text) or not least <= int(text) <= most:
            raise Unfit(
                f"een geheel getal van {least} tot en met {most}",
                f"a whole number from {least} to {most}",
            )
        return int(text)

    return read


def decimal(least: float, most: float) -> Reader[float]:
    """A number from `least` up to and including `most`, with a point before its decimals."""

    def read(text: str) -> float:
        if not _DECIMAL.fullmatch(text) or not least <= float(text) <= most:
            raise Unfit(
                f"een getal van {least:g} tot en met {most:g}, met een punt voor de decimalen",
                f"a number from {least:g} to {most:g}, with a point before its decimals",
            )
        return float(text)

    return read


def above_zero(text: str) -> float:
    """A number greater than 0, with a point before its decimals."""
    if not _DECIMAL.fullmatch(text) or float(text) <= 0:
        raise Unfit("een getal groter dan 0", "a number greater than 0")
    return float(text)


def yes_or_no(text: str) -> bool:
    """`yes` or `no`; in TOML `true` or `false`."""
    if text not in {"yes", "no", "true", "false"}:
        raise Unfit("yes of no", "yes or no")
    return text in {"yes", "true"}


def one_of(kind: type[E]) -> Reader[E]:
    """One of a closed list of words."""

    def read(text: str) -> E:
        words = [member.value for member in kind]
        if text not in words:
            raise Unfit(f"een van: {', '.join(words)}", f"one of {', '.join(words)}")
        return kind(text)

    return read


def zone(text: str) -> ZoneInfo:
    """A time zone of the IANA list, such as `Europe/Amsterdam`."""
    try:
        return ZoneInfo(text)
    except (ValueError, OSError, KeyError) as error:
        raise Unfit(
            "een tijdzone, zoals Europe/Amsterdam", "a time zone such as Europe/Amsterdam"
        ) from error


def clock(text: str) -> time:
    """A time of the day on a whole minute, from 00:00 to 23:59."""
    if not _CLOCK.fullmatch(text):
        raise Unfit("een tijd zoals 09:00", "a time such as 09:00")
    return time.fromisoformat(text)


def day(text: str) -> date:
    """A day such as 2027-01-31."""
    unfit = Unfit("een datum zoals 2027-01-31", "a date such as 2027-01-31")
    if not _DAY.fullmatch(text):
        raise unfit
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise unfit from error


def optional(reader: Reader[T]) -> Reader[T | None]:
    """The reader's value, or None for an empty text."""
    return lambda text: reader(text) if text else None


@dataclass(frozen=True, slots=True)
class Several(Generic[T]):
    """A list without repeats: words between blanks in CSV, an array in TOML."""

    reader: Reader[T]
    least: int = 1
    into: Callable[[Iterable[T]], Collection[T]] = tuple

    def __call__(self, text: str) -> Collection[T]:
        """Read each word."""
        values = [self.reader(word) for word in text.split()]
        if len(values) < self.least or len(set(values)) < len(values):
            raise Unfit(
                f"een lijst van ten minste {self.least}, zonder herhaling",
                f"a list of at least {self.least}, without repeats",
            )
        return self.into(values)
