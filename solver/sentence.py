"""Statements for people, in the two languages of the screen, with the words of a date."""

from dataclasses import dataclass
from datetime import datetime

_MONTHS = (
    ("januari", "January"),
    ("februari", "February"),
    ("maart", "March"),
    ("april", "April"),
    ("mei", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("augustus", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The same statement in Dutch and in English."""

    nl: str
    en: str

    def __add__(self, other: "Sentence") -> "Sentence":
        """This statement and then another."""
        return Sentence(f"{self.nl} {other.nl}", f"{self.en} {other.en}")


def counted(number: int, one: Sentence, more: Sentence) -> Sentence:
    """A number and its noun, such as `1 overleg` and `2 overleggen`."""
    noun = one if number == 1 else more
    return Sentence(f"{number} {noun.nl}", f"{number} {noun.en}")


def minutes(number: int) -> Sentence:
    """A number of minutes."""
    return counted(number, Sentence("minuut", "minute"), Sentence("minuten", "minutes"))


def meetings(number: int) -> Sentence:
    """A number of meetings."""
    return counted(number, Sentence("overleg", "meeting"), Sentence("overleggen", "meetings"))


def month(year: int, number: int) -> Sentence:
    """A month with its year."""
    dutch, english = _MONTHS[number - 1]
    return Sentence(f"{dutch} {year}", f"{english} {year}")


def moment(local: datetime) -> Sentence:
    """A day and time on the clock that it is given on."""
    words = month(local.year, local.month)
    clock = f"{local:%H:%M}"
    return Sentence(f"{local.day} {words.nl}, {clock}", f"{local.day} {words.en}, {clock}")
