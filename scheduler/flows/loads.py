"""Hours of work: what each attendance costs, and how that adds up."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from scheduler.db.tables import Meeting, PublishedAttendance, PublishedMeeting
from scheduler.domain.access import Actor
from scheduler.domain.terms import Level, MeetingState, Part
from scheduler.domain.times import local_midnight
from scheduler.flows.facts import Facts

_YEAR_DAYS = 365
_MINUTE = timedelta(minutes=1)


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


@dataclass(frozen=True, slots=True, kw_only=True)
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


def attended_in_force(
    session: Session, actor: Actor, first_day: date, last_day: date
) -> tuple[Attended, ...]:
    """Every attendance that is published for these days (inclusive, local), held or to come.

    Raises:
        NotAllowed: the actor doesn't plan for all.
    """
    actor.must_plan_for_all()
    held = (
        col(PublishedMeeting.last_publication).is_(None),
        PublishedMeeting.state == MeetingState.PLANNED,
        PublishedMeeting.starts_at >= local_midnight(first_day),
        PublishedMeeting.starts_at < local_midnight(last_day + timedelta(days=1)),
    )
    meetings = {row.id: row for row in session.exec(select(PublishedMeeting).where(*held))}
    paper = paper_work(session)
    query = (
        select(PublishedAttendance)
        .join(PublishedMeeting)
        .where(*held, PublishedAttendance.part == Part.ATTENDEE)
        .order_by(
            col(PublishedAttendance.published_meeting_id), PublishedAttendance.representative_id
        )
    )
    return tuple(
        _attended(who, meetings[who.published_meeting_id], paper) for who in session.exec(query)
    )


def _attended(
    who: PublishedAttendance, row: PublishedMeeting, paper: Mapping[str, tuple[int, int]]
) -> Attended:
    preparation, report = paper[row.meeting_id]
    return Attended(
        meeting_id=row.meeting_id,
        representative_id=who.representative_id,
        organisation_id=who.organisation_id,
        level=row.level,
        municipality_id=row.municipality_id,
        corporation_id=row.corporation_id,
        place_id=row.place_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        online=who.online,
        load=Load(
            (row.ends_at - row.starts_at) // _MINUTE, preparation, 2 * who.travel_minutes, report
        ),
    )


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
            load=Load(
                (each.ends_at - each.starts_at) // _MINUTE,
                paper[each.meeting_id][0],
                2 * who.travel_minutes,
                paper[each.meeting_id][1],
            ),
        )
        for each in facts
        if each.state is MeetingState.PLANNED
        for who in each.people
        if who.part is Part.ATTENDEE
    )


def summed(attended: Iterable[Attended], key: Callable[[Attended], str]) -> dict[str, Load]:
    """The work under each key."""
    loads: dict[str, Load] = defaultdict(Load)
    for each in attended:
        loads[key(each)] += each.load
    return dict(loads)


def share(minutes_per_year: int, first_day: date, last_day: date) -> int:
    """The part of a year's minutes that falls to these days (inclusive); at least one."""
    days = (last_day - first_day).days + 1
    return max(1, minutes_per_year * days // _YEAR_DAYS)
