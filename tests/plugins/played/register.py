"""A second reading of the register: who may speak for whom, from what the boards did."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlmodel import Session, select

from played.record import Held
from scheduler.db import tables

_DAY = timedelta(days=1)
_NO_VOTE = {"passes_on", "listens"}


@dataclass(slots=True, kw_only=True)
class Given:
    """A mandate as the play knows it; None is everywhere, everything. All days are inclusive."""

    id: str
    giver: str
    holder: str
    first: date
    last: date
    towns: frozenset[str] | None = None
    topics: frozenset[str] | None = None
    levels: frozenset[str] | None = None
    power: str = "decides"
    agreed: bool = False
    refused: bool = False

    def holds(self, day: date) -> bool:
        """Whether it counts on a day."""
        return self.agreed and self.first <= day <= self.last

    def fits(self, meeting: Held) -> bool:
        """Whether a meeting falls under it, whatever the day."""
        return (
            (self.towns is None or meeting.town in self.towns)
            and (self.topics is None or bool(self.topics & meeting.topics))
            and (self.levels is None or meeting.level in self.levels)
        )

    def stop(self, day: date) -> None:
        """It holds no more from a day on."""
        self.last = day - _DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What an organisation chose of one table, topic or level: `self`, `represented` or `out`."""

    organisation: str
    about: tuple[str, str]
    choice: str
    first: date


@dataclass(slots=True)
class Register:
    """Every mandate and every choice of the play."""

    mandates: dict[str, Given] = field(default_factory=dict)
    choices: list[Chosen] = field(default_factory=list)

    def read(self, session: Session) -> None:
        """Begin with what stands in the rows already."""
        towns: dict[str, set[str]] = {}
        for each in session.exec(select(tables.MandateMunicipality)):
            towns.setdefault(each.mandate_id, set()).add(each.municipality_id)
        for row in session.exec(select(tables.Mandate)):
            self.mandates[row.id] = Given(
                id=row.id,
                giver=row.giver_id,
                holder=row.holder_id,
                first=row.first_day,
                last=row.last_day,
                towns=None if row.everywhere else frozenset(towns.get(row.id, ())),
                topics=None if row.topics is None else frozenset(row.topics),
                levels=None if row.levels is None else frozenset(row.levels),
                power=row.power.value,
                agreed=row.state == "agreed",
            )

    def in_force(self, day: date) -> set[str]:
        """The mandates that count on a day."""
        return {name for name, each in self.mandates.items() if each.holds(day)}

    def carrying(
        self, giver: str, holder: str, meeting: Held, day: date | None = None
    ) -> list[str]:
        """By which mandates one speaks for another at a meeting, on its own day or another."""
        on = day or meeting.day
        if self.chosen(giver, meeting, on) == "self":
            return []
        return sorted(
            name
            for name, each in self.mandates.items()
            if (each.giver, each.holder) == (giver, holder)
            and each.holds(on)
            and each.fits(meeting)
        )

    def votes_by(self, giver: str, meeting: Held, day: date) -> list[Given]:
        """The mandates by which somebody at the table casts a vote for who isn't there."""
        found = [
            self.mandates[name]
            for holder in meeting.there
            for name in self.carrying(giver, holder, meeting, day)
        ]
        fitting = [each for each in found if each.power not in _NO_VOTE]
        by = meeting.voices.get(giver)
        return sorted(fitting, key=lambda each: (each.holder != by, each.id))

    def stays_out(self, organisation: str, meeting: Held) -> bool:
        """Whether it leaves the meeting alone, and isn't there by itself all the same."""
        out = self.chosen(organisation, meeting, meeting.day) == "out"
        return out and meeting.voices.get(organisation) != organisation

    def chosen(self, organisation: str, meeting: Held, day: date) -> str | None:
        """How it takes part: what was said of the table, else of the topics, else of the level."""
        said = self._said(organisation, ("table", meeting.table or ""), day)
        topics = [self._said(organisation, ("topic", each), day) for each in meeting.topics]
        return said or _of_topics(topics) or self._said(organisation, ("level", meeting.level), day)

    def _said(self, organisation: str, about: tuple[str, str], day: date) -> str | None:
        found = [
            each
            for each in self.choices
            if (each.organisation, each.about) == (organisation, about) and each.first <= day
        ]
        return max(found, key=lambda each: each.first).choice if found else None


def _of_topics(said: Collection[str | None]) -> str | None:
    if "self" in said:
        return "self"
    if not said or None in said:
        return None
    return "out" if set(said) == {"out"} else "represented"
