"""Hours of work: what each attendance costs, and how that adds up."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from scheduler.db.tables import Meeting, PublishedAttendance, PublishedMeeting
from scheduler.domain.access import Actor
from scheduler.domain.terms import Level, MeetingState, Part
from scheduler.domain.times import local_midnight
from scheduler.flows.publishing.facts import Facts

_YEAR_DAYS = 365
_MINUTE = timedelta(minutes=1)

WORKING = (Part.ATTENDEE, Part.SHADOW)
"""Who has work by a meeting; a deputy only stands by."""


@dataclass(frozen=True, slots=True)
class Load:
    """Minutes of work by their kind; travel is there and back."""

    meeting: int = 0
    preparation: int = 0
    travel: int = 0
    report: int = 0

    def __add__(self, other: "Load") -> "Load":
        return Load(
            self.meeting + other.meeting,
            self.preparation + other.preparation,
            self.travel + other.travel,
            self.report + other.report,
        )

    @property
    def total(self) -> int:
        """All of it, in minutes."""
        return self.meeting + self.preparation + self.travel + self.report


@dataclass(frozen=True, slots=True)
class Attended:
    """One representative at one meeting; instants in UTC, the end exclusive."""

    meeting_id: str
    representative_id: str
    organisation_id: str
    level: Level
    municipality_id: str | None
    corporation_id: str | None
    place_id: str | None
    starts_at: datetime
    ends_at: datetime
    online: bool
    load: Load


def attended_within(
    attended: Iterable[Attended], first_day: date, last_day: date
) -> tuple[Attended, ...]:
    """Those of these days (inclusive, local)."""
    begin, end = local_midnight(first_day), local_midnight(last_day + timedelta(days=1))
    return tuple(each for each in attended if begin <= each.starts_at < end)


def attended_in_force(session: Session, actor: Actor) -> tuple[Attended, ...]:
    """Every attendance that is published, held or to come.

    Raises:
        NotAllowed: the actor doesn't see all.
    """
    actor.must_see_all()
    held = (
        col(PublishedMeeting.last_publication).is_(None),
        PublishedMeeting.state == MeetingState.PLANNED,
    )
    meeting, there = PublishedMeeting, PublishedAttendance
    # Columns, not rows: a year holds thousands of these, and making objects of them costs most.
    query = (
        select(
            meeting.meeting_id,
            there.representative_id,
            there.organisation_id,
            meeting.level,
            meeting.municipality_id,
            meeting.corporation_id,
            meeting.place_id,
            meeting.starts_at,
            meeting.ends_at,
            there.online,
            there.travel_minutes,
        )  # type: ignore[call-overload]
        .join(there, col(there.published_meeting_id) == col(meeting.id))
        .where(*held, col(there.part).in_(WORKING))
        .order_by(col(meeting.id), there.representative_id)
    )
    paper = paper_work(session)
    return tuple(_attended(tuple(row), paper) for row in session.exec(query))


def _attended(row: tuple[Any, ...], paper: Mapping[str, tuple[int, int]]) -> Attended:
    """One row of the query above: the attendance in its own order, and the way there."""
    *about, travel_minutes = row
    load = _load(row[0], row[7], row[8], travel_minutes, paper)
    return Attended(*[*about, load])


def _load(
    meeting_id: str,
    starts_at: datetime,
    ends_at: datetime,
    travel_minutes: int,
    paper: Mapping[str, tuple[int, int]],
) -> Load:
    preparation, report = paper[meeting_id]
    return Load((ends_at - starts_at) // _MINUTE, preparation, 2 * travel_minutes, report)


def paper_work(session: Session) -> dict[str, tuple[int, int]]:
    """Minutes of preparation and report per attendee, by meeting."""
    query = select(Meeting.id, Meeting.preparation_minutes, Meeting.report_minutes)
    return {meeting: (preparation, report) for meeting, preparation, report in session.exec(query)}


def attended_in(
    facts: Iterable[Facts], paper: Mapping[str, tuple[int, int]]
) -> tuple[Attended, ...]:
    """Every attendance that these facts name."""
    return tuple(
        Attended(
            meeting_id=each.meeting_id,
            representative_id=who.representative_id,
            organisation_id=who.organisation_id,
            level=each.level,
            municipality_id=each.municipality_id,
            corporation_id=each.corporation_id,
            place_id=each.place_id,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            online=who.online,
            load=_load(each.meeting_id, each.starts_at, each.ends_at, who.travel_minutes, paper),
        )
        for each in facts
        if each.state is MeetingState.PLANNED
        for who in each.people
        if who.part in WORKING
    )


def summed(attended: Iterable[Attended], key: Callable[[Attended], str]) -> dict[str, Load]:
    """The work under each key."""
    loads: dict[str, list[Load]] = defaultdict(list)
    for each in attended:
        loads[key(each)].append(each.load)
    return {bearer: together(those) for bearer, those in loads.items()}


def together(loads: Sequence[Load]) -> Load:
    """The sum of many loads, added up by kind: a year holds thousands."""
    return Load(
        sum(load.meeting for load in loads),
        sum(load.preparation for load in loads),
        sum(load.travel for load in loads),
        sum(load.report for load in loads),
    )


def share(minutes_per_year: int, first_day: date, last_day: date) -> int:
    """The part of a year's minutes that falls to these days (inclusive); at least one."""
    days = (last_day - first_day).days + 1
    return max(1, minutes_per_year * days // _YEAR_DAYS)
