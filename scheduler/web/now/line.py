"""One line of what asks for the coordinator: how urgent, what, since when, and what solves it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from scheduler.flows.adjusting import Standing
from scheduler.web.context import Visit
from scheduler.web.words.terms import Words


class Urgency(IntEnum):
    """Under which heading a line stands."""

    TODAY = 0
    WEEK = 1
    WATCH = 2


@dataclass(frozen=True, slots=True)
class Link:
    """Where a line leads."""

    address: str
    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """What one press does: a form with hidden fields."""

    address: str
    text: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that asks for the coordinator, in words of the visit's language.

    Attributes:
        urgency: under which heading it stands.
        day: by which day it has to be solved; earlier comes first.
        tone: `gap`, `wait` or `new`.
        icon: the mark beside the kind, by its name in `marks.html`.
        kind: what sort of thing it is, in two or three words.
        when: how long it can wait, or since when it does.
        title: what it is.
        detail: the reason, with its figures.
        link: where to look into it.
        presses: what solves it at once, the best first, where something does.
    """

    urgency: Urgency
    day: date
    tone: str
    icon: str
    kind: str
    when: str
    title: str
    detail: str
    link: Link
    presses: tuple[Press, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """What every source of lines works with; `standing` None is before the first publication."""

    visit: Visit
    standing: Standing | None
    words: Words

    @property
    def today(self) -> date:
        """The local day."""
        return self.visit.today

    def away(self, day: date | datetime) -> str:
        """How far off a day is, in words."""
        return self.words.away(day)
