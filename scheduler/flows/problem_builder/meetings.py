"""What is to be covered, and what the coordinator has said about it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session, col, select

from scheduler.db import answers, tables
from scheduler.db.participation import Choices, all_choices
from scheduler.domain.access import SYSTEM
from scheduler.domain.errors import Sentence
from scheduler.domain.terms import MeetingState, Participation
from scheduler.domain.times import local, local_midnight
from scheduler.flows.problem_builder.held import Held, held_meetings
from scheduler.flows.problem_builder.kept import NOTHING_KEPT, Kept
from scheduler.flows.problem_builder.people import AS, last_days
from scheduler.flows.problem_builder.tasks import barred_by_task
from solver.problem import Ban, Horizon, Level, Meeting, Mode, Pin, Seats, Span

_PAIR = 2
"""So many seats a volunteer and a professional need who go together."""


@dataclass(slots=True)
class Gathered:
    """The meetings of a problem, and what comes with them, as they are gathered.

    `declined` is who said no to which meeting that is still ahead: meeting and representative.
    `barred` is who doesn't go to which meeting by the task they have, and why.
    `alone` is which organisation takes part in which meeting by itself only, on which local day on
    which it could begin: meeting, organisation, day.
    """

    meetings: dict[str, Meeting] = field(default_factory=dict)
    slot_positions: dict[str, tuple[int, ...]] = field(default_factory=dict)
    pins: tuple[Pin, ...] = ()
    bans: tuple[Ban, ...] = ()
    held_meetings: frozenset[str] = frozenset()
    declined: frozenset[tuple[str, str]] = frozenset()
    alone: frozenset[tuple[str, str, date]] = frozenset()
    barred: Mapping[tuple[str, str], Sentence] = field(default_factory=dict)


def gather(
    session: Session, horizon: Horizon, as_of: datetime, kept: Kept = NOTHING_KEPT
) -> Gathered:
    """Every meeting that can still be held in the horizon, and those that were.

    The rule book knows no past. So a meeting that was held is pinned to who attended, with just as
    many seats and no deputy wanted; one of the past that nobody attended is left out; and of a
    meeting still to come only the slots that lie ahead are offered. What must stay as it is
    published counts as held; where nobody attends and that must stay so, it is left out.
    """
    held = {**held_meetings(session, horizon, as_of), **kept.held}
    gathered = Gathered(held_meetings=frozenset(held))
    reading = _read(session, horizon)
    for row in reading.rows:
        if row.id in held:
            gathered.meetings[row.id] = _as_held(row, held[row.id], reading)
            gathered.slot_positions[row.id] = (0,)
        elif row.id in kept.left_out:
            continue
        elif offered := _ahead(reading.slots[row.id], as_of):
            gathered.meetings[row.id] = _meeting(row, offered, reading)
            gathered.slot_positions[row.id] = tuple(slot.position for slot in offered)
    gathered.alone = _alone(gathered, reading)
    gathered.declined = _declined(session, gathered)
    gathered.bans = with_declined(_bans(session, gathered), gathered.declined)
    gathered.pins = (*_pins(session, gathered), *_held_pins(held, gathered))
    _keep_people(kept, gathered)
    gathered.barred = barred_by_task(session, gathered.meetings, gathered.held_meetings)
    gathered.bans = with_barred(gathered.bans, gathered.barred, gathered.pins)
    return gathered


def _keep_people(kept: Kept, gathered: Gathered) -> None:
    """Who stays is pinned, who stays away is banned; the scope outranks a coordinator's pin."""
    banned = {(ban.meeting, ban.representative) for ban in gathered.bans}
    pins = tuple(pin for pin in gathered.pins if (pin.meeting, pin.representative) not in kept.away)
    pinned = {(pin.meeting, pin.representative) for pin in pins}
    away = sorted(each for each in kept.away - banned if each[0] in gathered.meetings)
    there = sorted(each for each in kept.there - pinned - banned if each[0] in gathered.meetings)
    gathered.bans += tuple(Ban(meeting=meeting, representative=who) for meeting, who in away)
    gathered.pins = (*pins, *(Pin(meeting=meeting, representative=who) for meeting, who in there))


class _Offer(NamedTuple):
    """A slot, with its position in the rows."""

    position: int
    span: Span


@dataclass(frozen=True, slots=True)
class _Reading:
    rows: Iterable[tables.Meeting]
    slots: Mapping[str, list[_Offer]]
    interests: Mapping[str, dict[str, int]]
    ends: Mapping[str, date]
    choices: Choices
    pairs: frozenset[str]


def _read(session: Session, horizon: Horizon) -> _Reading:
    """All meetings with at least one slot inside the horizon; slots outside it aren't read."""
    first, end = _bounds(horizon)
    slot = tables.Slot
    inside = (
        select(slot.meeting_id, slot.position, slot.starts_at, slot.ends_at)
        .where(col(slot.starts_at) >= first, col(slot.ends_at) <= end)
        .order_by(slot.meeting_id, col(slot.position))
    )
    slots: dict[str, list[_Offer]] = defaultdict(list)
    for meeting, position, starts_at, ends_at in session.exec(inside):
        slots[meeting].append(_Offer(position, Span(starts_at, ends_at)))
    interests: dict[str, dict[str, int]] = defaultdict(dict)
    asked = tables.Interest
    # Columns, not rows: a year holds thousands of interests, and objects of them cost most.
    query = select(asked.meeting_id, asked.organisation_id, asked.weight).order_by(
        asked.meeting_id, asked.organisation_id
    )
    for meeting, organisation, weight in session.exec(query):
        interests[meeting][organisation] = weight
    planned = select(tables.Meeting).where(tables.Meeting.state == MeetingState.PLANNED)
    rows = session.exec(planned.order_by(tables.Meeting.id))
    held = [row for row in rows if row.id in slots]
    pairs = frozenset(session.exec(select(tables.Table.id).where(col(tables.Table.pair_wanted))))
    return _Reading(held, slots, interests, last_days(session), all_choices(session), pairs)


def _bounds(horizon: Horizon) -> tuple[datetime, datetime]:
    after = horizon.last_day + timedelta(days=1)
    return local_midnight(horizon.first_day), local_midnight(after)


def _ahead(slots: Iterable[_Offer], as_of: datetime) -> list[_Offer]:
    return [slot for slot in slots if slot.span.start > as_of]


def _meeting(row: tables.Meeting, offered: list[_Offer], reading: _Reading) -> Meeting:
    pair = row.table_id in reading.pairs
    return Meeting(
        id=row.id,
        title=row.title,
        series=row.table_id,
        level=Level(row.level),
        municipality=row.municipality_id,
        topics=frozenset(row.topics),
        mode=Mode(row.mode),
        place=row.place_id,
        slots=tuple(slot.span for slot in offered),
        weight=row.character.weight,
        seats=Seats(row.seats_min, max(_PAIR, row.seats_max) if pair else row.seats_max),
        expertise=frozenset({*row.expertise, *(AS.values() if pair else ())}),
        preparation_minutes=row.preparation_minutes,
        report_minutes=row.report_minutes,
        deputy=row.deputy_wanted,
        interested=_interested(row, offered, reading),
    )


def _interested(row: tables.Meeting, offered: list[_Offer], reading: _Reading) -> dict[str, int]:
    """Who must be heard: not an organisation that has ended by the first day that is offered.

    Nor one that leaves such a meeting alone on that day.
    """
    interests = reading.interests[row.id]
    if not offered:
        return interests
    first = min(each.span.start for each in offered)
    return {
        name: weight
        for name, weight in interests.items()
        if reading.ends.get(name, date.max) >= local(first).date()
        and _takes_part(name, row, first, reading.choices) is not Participation.OUT
    }


def _takes_part(
    organisation: str, row: tables.Meeting, start: datetime, choices: Choices
) -> Participation | None:
    return choices.of(
        organisation,
        local(start).date(),
        level=row.level,
        topics=row.topics,
        table=row.table_id,
        before=start,
    )


def _alone(gathered: Gathered, reading: _Reading) -> frozenset[tuple[str, str, date]]:
    """Who takes part by itself only, as `flows.mandates.at_meetings` says it of the record."""
    return frozenset(
        (row.id, name, local(slot.start).date())
        for row in reading.rows
        if row.id in gathered.meetings
        for slot in gathered.meetings[row.id].slots
        for name in gathered.meetings[row.id].interested
        if _takes_part(name, row, slot.start, reading.choices) is Participation.SELF
    )


def _as_held(row: tables.Meeting, held: Held, reading: _Reading) -> Meeting:
    attended = len(held.attendees)
    return replace(
        _meeting(row, [], reading),
        slots=(Span(held.starts_at, held.ends_at),),
        seats=Seats(attended, attended),
        deputy=False,
    )


def _pins(session: Session, gathered: Gathered) -> Iterable[Pin]:
    """The coordinator's pins; one to a slot that has passed holds for whichever is taken."""
    query = select(tables.Pin).order_by(tables.Pin.meeting_id, tables.Pin.representative_id)
    for row in session.exec(query):
        positions = gathered.slot_positions.get(row.meeting_id)
        if positions is None or row.meeting_id in gathered.held_meetings:
            continue
        if (row.meeting_id, row.representative_id) in gathered.declined:
            continue  # their own no outranks the coordinator's earlier word
        slot = positions.index(row.slot_position) if row.slot_position in positions else None
        yield Pin(meeting=row.meeting_id, representative=row.representative_id, slot=slot)


def _held_pins(held: Mapping[str, Held], gathered: Gathered) -> Iterable[Pin]:
    for meeting, known in held.items():
        if meeting in gathered.meetings:
            for person in known.attendees:
                yield Pin(meeting=meeting, representative=person, slot=0)


def _bans(session: Session, gathered: Gathered) -> tuple[Ban, ...]:
    """The coordinator's bans. They say nothing about what has been."""
    query = select(tables.Ban).order_by(tables.Ban.representative_id, col(tables.Ban.id))
    bans: list[Ban] = []
    for row in session.exec(query):
        bans += [
            Ban(meeting=meeting, representative=row.representative_id)
            for meeting in _banned_from(row, gathered)
        ]
    return tuple(bans)


def _declined(session: Session, gathered: Gathered) -> frozenset[tuple[str, str]]:
    ahead = gathered.meetings.keys() - gathered.held_meetings
    return frozenset(
        (each.meeting_id, each.representative_id)
        for each in answers.declines(session, SYSTEM)
        if each.meeting_id in ahead
    )


def with_declined(bans: Iterable[Ban], declined: Iterable[tuple[str, str]]) -> tuple[Ban, ...]:
    """The coordinator's bans, and one for each no."""
    noes = (Ban(meeting=meeting, representative=who) for meeting, who in sorted(declined))
    return tuple(dict.fromkeys((*bans, *noes)))


def with_barred(
    bans: Iterable[Ban], barred: Iterable[tuple[str, str]], pins: Iterable[Pin]
) -> tuple[Ban, ...]:
    """The bans, and one for each whose task isn't there; a pin is the coordinator's later word."""
    pinned = {(pin.meeting, pin.representative) for pin in pins}
    free = (each for each in sorted(barred) if each not in pinned)
    added = (Ban(meeting=meeting, representative=who) for meeting, who in free)
    return tuple(dict.fromkeys((*bans, *added)))


def _banned_from(row: tables.Ban, gathered: Gathered) -> Iterable[str]:
    ahead = [meeting for meeting in gathered.meetings if meeting not in gathered.held_meetings]
    if row.meeting_id is None:
        return ahead
    return [row.meeting_id] if row.meeting_id in ahead else []
