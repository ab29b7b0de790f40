"""The plan that asks about everything: all that was ever published, and one draft over it."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from scheduler.db import tables
from scheduler.domain.terms import PlanState


def everything(session: Session, plan_id: int | None, *, as_of: datetime) -> tables.Plan | None:
    """A plan over every published day and the draft's own; None before there is either.

    It is never added to the session: it only says what is asked. `as_of` is a whole minute in UTC:
    what began at or before it is past.
    """
    period = _period(session, plan_id)
    if period is None:
        return None
    first_day, last_day = period
    return tables.Plan(
        id=plan_id or 0,
        first_day=first_day,
        last_day=last_day,
        as_of=as_of,
        state=PlanState.DRAFT,
        created_at=as_of,
        seed=1,
        workers=1,
        time_limit_seconds=0,
    )


def _period(session: Session, plan_id: int | None) -> tuple[date, date] | None:
    """From the first to the last day that was ever published, and the draft's own."""
    published_or_asked = (col(tables.Plan.state) == PlanState.PUBLISHED) | (
        col(tables.Plan.id) == plan_id
    )
    plans = session.exec(select(tables.Plan).where(published_or_asked)).all()
    if not plans:
        return None
    return min(plan.first_day for plan in plans), max(plan.last_day for plan in plans)
