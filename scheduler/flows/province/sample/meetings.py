"""Sample meetings: every table's meetings of the year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import NAMESPACE_DNS, uuid5

from scheduler.db.tables import Interest, Meeting, Slot, Table, TableKind
from scheduler.domain.ids import UID_DOMAIN
from scheduler.domain.terms import Level, Mode
from scheduler.flows.province.sample.days import meeting_days, open_days, slots
from scheduler.flows.province.sample.ground import Ground

_MODES = (Mode.IN_PERSON, Mode.HYBRID, Mode.ONLINE)
_HOW_OFTEN = {Level.PROVINCE: (85, 15, 0)}
_ELSEWHERE = (75, 18, 7)
_ASKS_EXPERTISE = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleMeeting:
    """A meeting with its slots and interests."""

    meeting: Meeting
    slots: tuple[Slot, ...]
    interests: tuple[Interest, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleDate:
    """The nth meeting of a table, and when it could be."""

    table: Table
    kind: TableKind
    nth: int
    slots: list[tuple[datetime, datetime]]


def draw_meetings(ground: Ground) -> list[SampleMeeting]:
    """All meetings of the year, numbered by when they start."""
    dates = [date for table, kind in ground.tables for date in _dates(ground, table, kind)]
    dates.sort(key=lambda date: (date.slots[0][0], date.table.id))
    return [
        sample_meeting(ground, date, f"m-{number:04}") for number, date in enumerate(dates, start=1)
    ]


def _dates(ground: Ground, table: Table, kind: TableKind) -> Iterable[SampleDate]:
    stream = ground.stream("dates", table.id)
    days = open_days(ground, kind)
    chosen = meeting_days(days, kind.meetings_per_year, stream)
    for nth, day in enumerate(chosen, start=1):
        times = slots(ground, kind, days, day, stream)
        yield SampleDate(table=table, kind=kind, nth=nth, slots=times)


def sample_meeting(ground: Ground, date: SampleDate, identifier: str) -> SampleMeeting:
    """The meeting of a table at one of its dates."""
    table, kind = date.table, date.kind
    stream = ground.stream("meeting", table.id, date.nth)
    interests = ground.interests(table)
    place = place_of(ground, table)
    mode = _mode(kind, stream) if place is not None else Mode.ONLINE
    meeting = Meeting(
        id=identifier,
        uid=_uid(ground, date),
        title=table.name,
        table_id=table.id,
        level=table.level,
        character=table.character,
        municipality_id=table.municipality_id,
        corporation_id=table.corporation_id,
        mode=mode,
        place_id=None if mode is Mode.ONLINE else place,
        topics=kind.topics,
        expertise=_expertise(kind, stream),
        # An organisation that is asked alone can't be asked to send one for each of many.
        seats_min=min(kind.seats_min, max(1, len(interests))),
        seats_max=kind.seats_max,
        preparation_minutes=kind.preparation_minutes,
        report_minutes=kind.report_minutes,
        deputy_wanted=kind.deputy_wanted,
        is_sample=True,
    )
    return SampleMeeting(
        meeting=meeting,
        slots=tuple(
            Slot(meeting_id=identifier, position=position, starts_at=starts, ends_at=ends)
            for position, (starts, ends) in enumerate(date.slots)
        ),
        interests=tuple(
            Interest(meeting_id=identifier, organisation_id=organisation, weight=weight)
            for organisation, weight in interests.items()
        ),
    )


def _uid(ground: Ground, date: SampleDate) -> str:
    parts = ("sample", ground.province.id, ground.year, ground.seed, date.table.id, date.nth)
    return f"{uuid5(NAMESPACE_DNS, '/'.join(map(str, parts)))}@{UID_DOMAIN}"


def _mode(kind: TableKind, stream: Random) -> Mode:
    if kind.mode is not Mode.IN_PERSON:
        return kind.mode
    (mode,) = stream.choices(_MODES, _HOW_OFTEN.get(kind.level, _ELSEWHERE))
    return mode


def _expertise(kind: TableKind, stream: Random) -> list[str]:
    asks = bool(kind.expertise) and stream.random() < _ASKS_EXPERTISE
    return [stream.choice(kind.expertise)] if asks else []


def place_of(ground: Ground, table: Table) -> str | None:
    """Where a table meets: town hall, head office, or where the province does.

    A corporation whose head office is unknown is met where it has most dwellings.
    """
    if table.municipality_id is not None:
        return ground.municipalities[table.municipality_id].place_id
    if table.corporation_id is None:
        return ground.province.place_id
    head_office = ground.corporations[table.corporation_id].place_id
    return head_office or _most_dwellings(ground, table.corporation_id, table.organisation_id)


def _most_dwellings(ground: Ground, corporation: str, organisation: str | None) -> str | None:
    stakes = [
        stake
        for stake in ground.stakes.stakes
        if stake.corporation_id == corporation and organisation in {None, stake.organisation_id}
    ]
    most = max(stakes, key=lambda stake: stake.dwellings, default=None)
    return None if most is None else ground.municipalities[most.municipality_id].place_id
