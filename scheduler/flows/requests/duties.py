"""Where everybody is due by the published plan, and whether their limits leave room for more."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from scheduler.db.tables import PublishedAttendance, PublishedMeeting
from scheduler.domain.terms import MeetingState
from scheduler.domain.times import AMSTERDAM, local
from scheduler.flows.load.loads import WORKING
from solver.derive.clock import LocalClock
from solver.derive.slots import slot_time
from solver.problem import Horizon, Limits, OfficeHours, Span


@dataclass(frozen=True, slots=True)
class Duties:
    """When each representative is due, coming along to learn included; spans are in UTC."""

    spans: Mapping[str, tuple[Span, ...]]
    office_hours: OfficeHours

    def of(self, representative: str) -> tuple[Span, ...]:
        """When one of them is due."""
        return self.spans.get(representative, ())

    def leave_room(self, representative: str, limits: Limits, span: Span) -> bool:
        """Whether one meeting more, then, stays within how many this person takes."""
        duties = self.of(representative)
        week = [each for each in duties if _week(each) == _week(span)]
        month = [each for each in duties if _month(each) == _month(span)]
        room = _fits(limits.meetings_per_week, week) and _fits(limits.meetings_per_month, month)
        if not room or not self._is_in_office(span):
            return room
        return _fits(limits.office_hours_meetings_per_week, self._in_office(week)) and _fits(
            limits.office_hours_meetings_per_month, self._in_office(month)
        )

    def _in_office(self, spans: Iterable[Span]) -> Iterator[Span]:
        return filter(self._is_in_office, spans)

    def _is_in_office(self, span: Span) -> bool:
        return slot_time(span, LocalClock(AMSTERDAM), self.office_hours).office_minutes > 0


def read_duties(session: Session, horizon: Horizon, office_hours: OfficeHours) -> Duties:
    """The duties of the horizon's days."""
    query = (
        select(
            PublishedAttendance.representative_id,
            PublishedMeeting.starts_at,
            PublishedMeeting.ends_at,
        )
        .join(PublishedMeeting)
        .where(
            col(PublishedMeeting.last_publication).is_(None),
            PublishedMeeting.state == MeetingState.PLANNED,
            col(PublishedAttendance.part).in_(WORKING),
        )
    )
    spans: dict[str, list[Span]] = defaultdict(list)
    for person, starts_at, ends_at in session.exec(query):
        if horizon.first_day <= local(starts_at).date() <= horizon.last_day:
            spans[person].append(Span(starts_at, ends_at))
    return Duties({person: tuple(those) for person, those in spans.items()}, office_hours)


def _fits(most: int | None, present: Iterable[Span]) -> bool:
    return most is None or sum(1 for _ in present) < most


def _week(span: Span) -> tuple[int, int]:
    year, week, _ = local(span.start).isocalendar()
    return year, week


def _month(span: Span) -> tuple[int, int]:
    day = local(span.start)
    return day.year, day.month
