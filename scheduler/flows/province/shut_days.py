"""The days on which nobody works or meets: the public holidays, and what the records add."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sqlmodel import Session, col, select

from scheduler.closed_days import closed_days
from scheduler.db.tables import ClosedPeriod
from scheduler.domain.terms import ClosedKind
from scheduler.policy import PlanningPolicy


def shut_days(
    session: Session, first_day: date, last_day: date, policy: PlanningPolicy
) -> frozenset[date]:
    """The closed days among these local days, both ends inclusive."""
    own = days_of(session, ClosedKind.CLOSED, first_day, last_day)
    return closed_days(first_day, last_day, policy) | own


def days_of(session: Session, kind: ClosedKind, first_day: date, last_day: date) -> frozenset[date]:
    """The days of one kind that the records name among these, both ends inclusive."""
    query = select(ClosedPeriod).where(
        ClosedPeriod.kind == kind,
        col(ClosedPeriod.first_day) <= last_day,
        col(ClosedPeriod.last_day) >= first_day,
    )
    return frozenset(_days(session.exec(query), first_day, last_day))


def _days(periods: Iterable[ClosedPeriod], first_day: date, last_day: date) -> Iterator[date]:
    for period in periods:
        day = max(period.first_day, first_day)
        while day <= min(period.last_day, last_day):
            yield day
            day += timedelta(days=1)
