"""What a time costs: how many of those concerned can come then, by the planner's own rules."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from sqlmodel import Session, col, select

from scheduler.db.tables import PublishedAttendance, PublishedMeeting
from scheduler.domain.terms import MeetingState, Mode, Part
from scheduler.domain.times import AMSTERDAM, local
from scheduler.flows.problem_builder import people, province
from scheduler.flows.province.shut_days import shut_days
from scheduler.flows.requests.requesting import Asker, Time, place_of
from scheduler.policy import PlanningPolicy
from solver.derive import Derived
from solver.derive.clock import LocalClock
from solver.derive.slots import slot_time
from solver.problem import (
    Horizon,
    Level,
    Limits,
    Meeting,
    OfficeHours,
    Policy,
    Problem,
    Representative,
    Seats,
    Span,
)
from solver.problem import Mode as ProblemMode

_EVENING, _AFTERNOON = time(19, 30), time(16)
_THIS = "this"


@dataclass(frozen=True, slots=True)
class Better:
    """Another time on the same day, or another way, at which more can come."""

    starts_at: datetime
    ends_at: datetime
    online: bool
    can: int


@dataclass(frozen=True, slots=True)
class Cost:
    """How many of those concerned can come at a time, and what would be better."""

    can: int
    of: int
    in_office_hours: bool
    better: tuple[Better, ...] = ()


def time_costs(
    session: Session,
    asker: Asker,
    times: Sequence[Time | None],
    *,
    organisations: Sequence[str],
    mode: Mode,
    policy: PlanningPolicy,
    at: datetime,
) -> tuple[Cost | None, ...]:
    """The cost of each time; None where there is none to reckon.

    Concerned are the representatives of these organisations and of those that hold their mandate.
    Somebody can come who is available, not busy, not due elsewhere by the published plan, within
    reach, and within the limits they set. Nobody is named, only counted.
    """
    spans = [_span(each) for each in times]
    known = [span for span in spans if span]
    if not known:
        return tuple(None for _ in times)
    reckoner = _Reckoner(session, asker, organisations, known, setting=(policy, at))
    return tuple(reckoner.cost(span, mode) if span else None for span in spans)


def _span(each: Time | None) -> Span | None:
    if each is None or each.starts_at is None or each.ends_at is None:
        return None
    return Span(each.starts_at, each.ends_at)


class _Reckoner:
    """One asker's meetings, tried at one time after another."""

    def __init__(
        self,
        session: Session,
        asker: Asker,
        organisations: Sequence[str],
        spans: Sequence[Span],
        *,
        setting: tuple[PlanningPolicy, datetime],
    ) -> None:
        days = sorted(local(span.start).date() for span in spans)
        # A month around: limits count whole weeks and months.
        month = timedelta(days=31)
        self._horizon = Horizon(days[0] - month, days[-1] + month)
        self._place = place_of(session, asker)
        self._asker = asker
        self._interested = dict.fromkeys(organisations, 1)
        self._diaries = _attended(session, self._horizon)
        self._problem = _problem(session, self._horizon, self._diaries, *setting)

    def cost(self, span: Span, mode: Mode) -> Cost:
        """What this time costs; better ones only where somebody would gain."""
        derived = self._derived(span, mode)
        can, of = self._count(derived, span)
        office = derived.slot(_THIS, 0).office_minutes > 0
        better = (self._better(other, online, mode) for other, online in self._others(span, mode))
        more = tuple(each for each in better if each.can > can)
        return Cost(can, of, office, tuple(sorted(more, key=lambda each: -each.can)[:2]))

    def _others(self, span: Span, mode: Mode) -> Iterable[tuple[Span, bool]]:
        day, length = local(span.start).date(), span.end - span.start
        for clock, online in ((_EVENING, False), (_AFTERNOON, True)):
            starts = datetime.combine(day, clock, AMSTERDAM).astimezone(UTC)
            yield Span(starts, starts + length), online
        if mode is Mode.IN_PERSON:
            yield span, True

    def _better(self, span: Span, online: bool, mode: Mode) -> Better:
        way = Mode.ONLINE if online else mode
        can, _ = self._count(self._derived(span, way), span)
        return Better(span.start, span.end, online, can)

    def _derived(self, span: Span, mode: Mode) -> Derived:
        way = mode if self._place is not None else Mode.ONLINE
        meeting = Meeting(
            id=_THIS,
            title="",
            series=None,
            level=Level(self._asker.level),
            municipality=self._asker.municipality_id,
            topics=frozenset(),
            mode=ProblemMode(way),
            place=self._place,
            slots=(span,),
            weight=1,
            seats=Seats(1, 1),
            expertise=frozenset(),
            preparation_minutes=0,
            report_minutes=0,
            deputy=False,
            interested=self._interested,
        )
        return Derived(replace(self._problem, meetings={_THIS: meeting}))

    def _count(self, derived: Derived, span: Span) -> tuple[int, int]:
        standing = derived.standing(_THIS, 0)
        concerned = [name for org in sorted(standing) for name in derived.people.get(org, ())]
        office = derived.slot(_THIS, 0).office_minutes > 0
        can = sum(
            next(derived.unavailable(_THIS, 0, name), None) is None
            and self._is_within_limits(name, span, office=office)
            for name in concerned
        )
        return can, len(concerned)

    def _is_within_limits(self, name: str, span: Span, *, office: bool) -> bool:
        limits: Limits = self._problem.representatives[name].limits
        spans = self._diaries.get(name, ())
        week = [each for each in spans if _week(each) == _week(span)]
        month = [each for each in spans if _month(each) == _month(span)]
        return (
            _fits(limits.meetings_per_week, len(week))
            and _fits(limits.meetings_per_month, len(month))
            and (not office or self._is_within_office_limits(limits, week, month))
        )

    def _is_within_office_limits(
        self, limits: Limits, week: Sequence[Span], month: Sequence[Span]
    ) -> bool:
        return _fits(limits.office_hours_meetings_per_week, self._in_office(week)) and _fits(
            limits.office_hours_meetings_per_month, self._in_office(month)
        )

    def _in_office(self, spans: Iterable[Span]) -> int:
        clock, hours = LocalClock(AMSTERDAM), self._problem.office_hours
        return sum(slot_time(span, clock, hours).office_minutes > 0 for span in spans)


def _fits(most: int | None, present: int) -> bool:
    return most is None or present < most


def _week(span: Span) -> tuple[int, int]:
    year, week, _ = local(span.start).isocalendar()
    return year, week


def _month(span: Span) -> tuple[int, int]:
    day = local(span.start)
    return day.year, day.month


def _attended(session: Session, horizon: Horizon) -> dict[str, tuple[Span, ...]]:
    """When each is due at a meeting by the published plan."""
    query = (
        select(PublishedAttendance.representative_id, PublishedMeeting)
        .join(PublishedMeeting)
        .where(
            col(PublishedMeeting.last_publication).is_(None),
            PublishedMeeting.state == MeetingState.PLANNED,
            PublishedAttendance.part == Part.ATTENDEE,
        )
    )
    spans: dict[str, list[Span]] = defaultdict(list)
    for person, meeting in session.exec(query):
        if horizon.first_day <= local(meeting.starts_at).date() <= horizon.last_day:
            spans[person].append(Span(meeting.starts_at, meeting.ends_at))
    return {person: tuple(those) for person, those in spans.items()}


def _problem(
    session: Session,
    horizon: Horizon,
    diaries: Mapping[str, tuple[Span, ...]],
    policy: PlanningPolicy,
    at: datetime,
) -> Problem:
    everybody = people.representatives(session, horizon)
    return Problem(
        name="cost",
        timezone=AMSTERDAM,
        horizon=horizon,
        as_of=at,
        office_hours=OfficeHours(
            weekdays=policy.office_weekdays,
            start=policy.office_start.hour * 60 + policy.office_start.minute,
            end=policy.office_end.hour * 60 + policy.office_end.minute,
            closed_days=shut_days(session, horizon.first_day, horizon.last_day, policy),
        ),
        regions=province.regions(session),
        places=province.places(session),
        travel=province.travel(session),
        organisations=people.organisations(session, horizon),
        representatives={
            name: _with_duties(person, diaries.get(name, ())) for name, person in everybody.items()
        },
        mandates=people.mandates(session),
        meetings={},
        policy=Policy(
            tiers=(),
            max_mandates_per_attendee=policy.max_mandates_per_attendee,
            hybrid_online_beyond_minutes=policy.hybrid_online_beyond_minutes,
        ),
    )


def _with_duties(person: Representative, duties: tuple[Span, ...]) -> Representative:
    return replace(person, busy=(*person.busy, *duties))
