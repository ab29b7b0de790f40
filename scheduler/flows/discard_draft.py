"""Put a draft away that nobody wants to publish."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from scheduler.db import audits
from scheduler.db.tables import Plan
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import PlanState

_MAY_GO = (PlanState.QUEUED, PlanState.DRAFT, PlanState.FAILED)


def discard_draft(session: Session, actor: Actor, plan_id: int, *, at: datetime) -> None:
    """Put a plan away; NotFound where it is published, being solved, or away already."""
    actor.must_plan_for_all()
    gone = session.exec(
        update(Plan)
        .where(col(Plan.id) == plan_id, col(Plan.state).in_(_MAY_GO))
        .values(state=PlanState.DISCARDED)
    )
    if gone.rowcount != 1:
        raise NotFound("concept", str(plan_id))
    audits.record(session, actor, "discard", noun="plan", noun_id=str(plan_id), at=at)
