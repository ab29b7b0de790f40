"""Whether a meeting costs somebody with a job their working time, as the rule book judges it."""

from datetime import date, datetime

from scheduler.domain.times import AMSTERDAM
from scheduler.policy import PlanningPolicy
from solver.derive.clock import LocalClock
from solver.derive.slots import slot_time
from solver.problem import OfficeHours as Hours
from solver.problem import Span


class OfficeHours:
    """The policy's office hours, on the days that are open."""

    def __init__(self, policy: PlanningPolicy, closed: frozenset[date]) -> None:
        """Prepare to judge; `closed` holds the closed days of all days that will be asked about."""
        self._clock = LocalClock(AMSTERDAM)
        self._hours = Hours(
            weekdays=policy.office_weekdays,
            start=policy.office_start.hour * 60 + policy.office_start.minute,
            end=policy.office_end.hour * 60 + policy.office_end.minute,
            closed_days=closed,
        )

    def touches(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether at least one minute lies in office hours (rule book, section 3)."""
        return slot_time(Span(starts_at, ends_at), self._clock, self._hours).office_minutes > 0
