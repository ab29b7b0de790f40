"""Proposing a year: every table's meetings of the year before, moved by its rhythm."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import func
from sqlmodel import Session, col, select

from scheduler.db.tables import Meeting, PublishedMeeting, Slot, Table
from scheduler.domain.access import Actor
from scheduler.domain.terms import ClosedKind, MeetingState
from scheduler.domain.times import AMSTERDAM, local, local_midnight
from scheduler.flows.province.shut_days import days_of, shut_days
from scheduler.flows.yearly_cycle.rhythm import Calendar, Landing, land, same_day_next_year
from scheduler.policy import PlanningPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One meeting of the new year.

    Attributes:
        meeting_id: the meeting of the year before that it repeats.
        title: what it will be called.
        was_at: when that meeting was, in UTC.
        starts_at, ends_at: when the new one would be, in UTC.
        landing: how the day was found.
        ready_id: the meeting that repeats it already, where there is one.
    """

    meeting_id: str
    table_id: str
    title: str
    was_at: datetime
    starts_at: datetime
    ends_at: datetime
    landing: Landing
    ready_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearProposal:
    """A year, table by table, by name; `ended` tables have no meetings in it."""

    year: int
    tables: tuple[tuple[str, tuple[Proposal, ...]], ...]
    ended: tuple[str, ...]

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """All of them."""
        return tuple(each for _, those in self.tables for each in those)

    @property
    def open(self) -> tuple[Proposal, ...]:
        """Those that haven't been set ready."""
        return tuple(each for each in self.proposals if each.ready_id is None)


def propose_year(session: Session, actor: Actor, year: int, policy: PlanningPolicy) -> YearProposal:
    """What a year would be by the rhythm of the year before; nothing is written.

    Meetings that were called off aren't repeated, nor are single ones that belong to no table.

    Raises:
        NotAllowed: the actor doesn't see all.
    """
    actor.must_see_all()
    calendar = _calendar(session, year, policy)
    rows = {row.id: row for row in session.exec(select(Table).order_by(Table.name))}
    meetings = _by_table(session, year - 1)
    ready = _ready(session)
    found, ended = [], []
    for table in rows.values():
        if table.id not in meetings:
            continue
        if table.last_day is not None and table.last_day.year < year:
            ended.append(table.name)
        else:
            found.append((table.name, _proposals(table, meetings[table.id], calendar, ready)))
    return YearProposal(year=year, tables=tuple(found), ended=tuple(ended))


def years_to_come(session: Session, actor: Actor, *, today: date) -> tuple[int, ...]:
    """The years that can be set ready: next year, and the one after the last with meetings."""
    actor.must_see_all()
    last: datetime | None = session.exec(select(func.max(Slot.starts_at))).one()
    following = today.year if last is None else local(last).year + 1
    return tuple(sorted({today.year + 1, max(following, today.year + 1)}))


def _calendar(session: Session, year: int, policy: PlanningPolicy) -> Calendar:
    first, last = date(year, 1, 1), date(year, 12, 31)
    return Calendar(
        year=year,
        closed=shut_days(session, first, last, policy),
        holidays=days_of(session, ClosedKind.SCHOOL_HOLIDAY, first, last),
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """A meeting of the year before, and when it was."""

    meeting_id: str
    table_id: str
    title: str
    starts_at: datetime
    ends_at: datetime


def _by_table(session: Session, year: int) -> Mapping[str, list[_Held]]:
    """The meetings of a year by their table and start."""
    times = {**_first_slots(session), **_published(session)}
    first, end = local_midnight(date(year, 1, 1)), local_midnight(date(year + 1, 1, 1))
    found: dict[str, list[_Held]] = defaultdict(list)
    planned = select(Meeting.id, col(Meeting.table_id), Meeting.title).where(
        Meeting.state == MeetingState.PLANNED, col(Meeting.table_id).is_not(None)
    )
    for meeting, table, title in session.exec(planned):
        starts_at, ends_at = times.get(meeting, (end, end))
        if table is not None and first <= starts_at < end:
            found[table].append(_Held(meeting, table, title, starts_at, ends_at))
    for those in found.values():
        those.sort(key=lambda each: (each.starts_at, each.meeting_id))
    return found


_Times = dict[str, tuple[datetime, datetime]]


def _first_slots(session: Session) -> _Times:
    query = select(Slot.meeting_id, Slot.starts_at, Slot.ends_at)
    rows = session.exec(query.order_by(Slot.meeting_id, col(Slot.position).desc()))
    return {meeting: (starts_at, ends_at) for meeting, starts_at, ends_at in rows}


def _published(session: Session) -> _Times:
    """When meetings are according to the publication in force: that goes before any slot."""
    row = PublishedMeeting
    query = select(row.meeting_id, row.starts_at, row.ends_at)
    rows = session.exec(query.where(col(row.last_publication).is_(None)))
    return {meeting: (starts_at, ends_at) for meeting, starts_at, ends_at in rows}


_Ready = Mapping[str, tuple[str, datetime]]
"""The meetings that repeat others, and when, by the identifier of what they repeat."""


def _proposals(
    table: Table, held: list[_Held], calendar: Calendar, ready: _Ready
) -> tuple[Proposal, ...]:
    mine = [ready[each.meeting_id] for each in held if each.meeting_id in ready]
    taken: set[date] = {local(starts_at).date() for _, starts_at in mine}
    found = []
    for each in held:
        usual = same_day_next_year(local(each.starts_at).date())
        landing = land(usual, calendar, frozenset(taken))
        if each.meeting_id not in ready:
            taken.add(landing.day)
        if table.last_day is None or landing.day <= table.last_day:
            found.append(_proposal(each, landing, ready.get(each.meeting_id)))
    return tuple(found)


def _ready(session: Session) -> _Ready:
    query = (
        select(Meeting.repeats_id, Meeting.id, Slot.starts_at)
        .join(Slot)
        .where(col(Meeting.repeats_id).is_not(None))
        .order_by(Meeting.id, col(Slot.position).desc())
    )
    return {
        repeats: (meeting, starts_at)
        for repeats, meeting, starts_at in session.exec(query)
        if repeats is not None
    }


def _proposal(held: _Held, landing: Landing, ready: tuple[str, datetime] | None) -> Proposal:
    starts_at = at_local(landing.day, local(held.starts_at).time())
    if ready is not None:
        starts_at, landing = ready[1], Landing(local(ready[1]).date())
    return Proposal(
        meeting_id=held.meeting_id,
        table_id=held.table_id,
        title=_next_title(held),
        was_at=held.starts_at,
        starts_at=starts_at,
        ends_at=starts_at + (held.ends_at - held.starts_at),
        landing=landing,
        ready_id=ready[0] if ready else None,
    )


def at_local(day: date, clock: time) -> datetime:
    """The instant at which the clock on the wall shows a time of a day."""
    return datetime.combine(day, clock, AMSTERDAM).astimezone(UTC)


def _next_title(held: _Held) -> str:
    """A title that names its year gets the next one's."""
    year = local(held.starts_at).year
    return held.title.replace(str(year), str(year + 1))
