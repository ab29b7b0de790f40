"""Who takes part where, and how: what organisations chose about tables, topics and levels."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import ColumnElement, false, true
from sqlmodel import Session, col, select

from scheduler.db import people
from scheduler.db.tables import Organisation, ParticipationChoice, Table
from scheduler.db.views import Named
from scheduler.domain.access import Actor
from scheduler.domain.terms import Level, Participation, Role

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceView:
    """What an organisation chose about one table, topic or level; just one of these is there.

    It holds from `first_day` to `last_day`, inclusive; None: until it is chosen anew.
    """

    id: str
    organisation: Named
    table: Named | None
    topic: str | None
    level: Level | None
    choice: Participation
    reason: str
    first_day: date
    last_day: date | None
    ask_on: date
    role: Role
    function: str
    chosen_at: datetime

    def holds_on(self, day: date) -> bool:
        """Whether it counts on a local day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    @property
    def about(self) -> tuple[str, str]:
        """What it is about, to tell it from others."""
        if self.table is not None:
            return ("table", self.table.id)
        return ("topic", self.topic) if self.topic else ("level", str(self.level))


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen, by organisation and subject."""

    rows: Mapping[tuple[str, tuple[str, str]], tuple[ChoiceView, ...]]

    @property
    def leavers(self) -> frozenset[str]:
        """The organisations that leave anything alone, on any day."""
        return frozenset(
            organisation
            for (organisation, _), rows in self.rows.items()
            if any(each.choice is Participation.OUT for each in rows)
        )

    def of(
        self,
        organisation: str,
        day: date,
        *,
        level: Level,
        topics: Collection[str] = (),
        table: str | None = None,
        before: datetime | None = None,
    ) -> Participation | None:
        """How an organisation takes part in a meeting on a local day; None: it said nothing.

        What is said of the table comes first, then the topics, then the level. Of several topics
        one that it wants to speak on by itself is enough; it leaves a meeting alone only where it
        leaves all its topics alone. With `before`, the meeting's start, what was chosen later that
        day doesn't count: for what has been, the day before still speaks.
        """
        if not self.rows:
            return None
        said_of = partial(self._said, organisation, day, before)
        if table and (said := said_of(("table", table))):
            return said
        about = [said_of(("topic", topic)) for topic in topics]
        if Participation.SELF in about:
            return Participation.SELF
        if about and all(each is Participation.OUT for each in about):
            return Participation.OUT
        if about and all(about):
            return Participation.REPRESENTED
        return said_of(("level", level.value))

    def _said(
        self, organisation: str, day: date, before: datetime | None, about: tuple[str, str]
    ) -> Participation | None:
        rows = self.rows.get((organisation, about), ())
        holding = next((each for each in rows if each.holds_on(day)), None)
        if holding is None or before is None or holding.chosen_at < before:
            return holding.choice if holding else None
        return next((each.choice for each in rows if each.holds_on(day - _DAY)), None)


def all_choices(session: Session) -> Choices:
    """Everything that was chosen, for planning and judging."""
    found: dict[tuple[str, tuple[str, str]], tuple[ChoiceView, ...]] = {}
    for each in _read(session, true()):
        key = (each.organisation.id, each.about)
        found[key] = (*found.get(key, ()), each)
    return Choices(found)


def choices(session: Session, actor: Actor) -> tuple[ChoiceView, ...]:
    """What was chosen, the newest first: all, or of the actor's own organisation.

    A body sees those that leave something alone: they are why nobody comes.
    """
    if actor.sees_all:
        return tuple(_read(session, true()))
    if actor.asks:
        return tuple(_read(session, _at_the_table_of(actor)))
    own = people.organisation_of(session, actor)
    mine = false() if own is None else col(ParticipationChoice.organisation_id) == own
    return tuple(_read(session, mine))


def _at_the_table_of(actor: Actor) -> ColumnElement[bool]:
    level = col(ParticipationChoice.level) == Level(actor.role.value)
    out = col(ParticipationChoice.choice) == Participation.OUT
    return level & out


def _read(session: Session, wanted: ColumnElement[bool]) -> Iterable[ChoiceView]:
    query = (
        select(ParticipationChoice, Organisation.name, Table.name)
        .join(Organisation, col(Organisation.id) == col(ParticipationChoice.organisation_id))
        .join(Table, col(Table.id) == col(ParticipationChoice.table_id), isouter=True)
        .where(wanted)
        .order_by(
            col(ParticipationChoice.first_day).desc(), col(ParticipationChoice.chosen_at).desc()
        )
    )
    for row, name, table in session.exec(query):
        yield ChoiceView(
            id=row.id,
            organisation=Named(row.organisation_id, name),
            table=Named(row.table_id, table) if row.table_id else None,
            topic=row.topic,
            level=row.level,
            choice=row.choice,
            reason=row.reason,
            first_day=row.first_day,
            last_day=row.last_day,
            ask_on=row.ask_on,
            role=row.role,
            function=row.function,
            chosen_at=row.chosen_at,
        )
