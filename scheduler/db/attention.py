"""Rows that ask for a coordinator's attention: what ends soon, what waits, what failed."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from scheduler.db.tables import Mandate, Organisation, Plan, Representative
from scheduler.db.views import Named
from scheduler.domain.access import Actor
from scheduler.domain.terms import PlanState


@dataclass(frozen=True, slots=True)
class EndingMandate:
    """A mandate whose last day is near; the day is inclusive."""

    giver: Named
    holder: Named
    last_day: date


def mandates_ending(
    session: Session, actor: Actor, *, first_day: date, last_day: date
) -> tuple[EndingMandate, ...]:
    """The mandates that end in these days (inclusive), the first to end first."""
    actor.must_plan_for_all()
    names = {row.id: Named(row.id, row.name) for row in session.exec(select(Organisation))}
    query = select(Mandate).where(Mandate.last_day >= first_day, Mandate.last_day <= last_day)
    return tuple(
        EndingMandate(names[row.giver_id], names[row.holder_id], row.last_day)
        for row in session.exec(query.order_by(col(Mandate.last_day), Mandate.id))
    )


def people_stopping(
    session: Session, actor: Actor, *, first_day: date, last_day: date
) -> tuple[tuple[Named, date], ...]:
    """The representatives whose last day is one of these (inclusive), with that day."""
    actor.must_plan_for_all()
    day = col(Representative.last_day)
    query = select(Representative).where(day >= first_day, day <= last_day)
    return tuple(
        (Named(row.id, row.label), row.last_day)
        for row in session.exec(query.order_by(day, Representative.id))
        if row.last_day
    )


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """A plan that isn't published: proposed or drafted, or one that couldn't be made."""

    id: int
    state: PlanState
    created_at: datetime
    failure: str


def open_plans(session: Session, actor: Actor, *, since: datetime) -> tuple[OpenPlan, ...]:
    """The drafts and proposals that wait, and what failed since an instant; the newest first.

    Of proposals that stand side by side only the leading one is named.
    """
    actor.must_plan_for_all()
    leads = col(Plan.lead_id).is_(None)
    query = select(Plan).where(
        (col(Plan.state) == PlanState.DRAFT)
        | (leads & (col(Plan.state) == PlanState.PROPOSED))
        | (leads & (col(Plan.state) == PlanState.FAILED) & (col(Plan.created_at) >= since))
    )
    return tuple(
        OpenPlan(row.id, row.state, row.created_at, row.failure)
        for row in session.exec(query.order_by(col(Plan.id).desc()))
    )
