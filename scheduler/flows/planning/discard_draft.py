"""Put a draft away that nobody wants to publish."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from scheduler.db import audits
from scheduler.db.tables import Plan
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import PlanState

_MAY_GO = (
    PlanState.QUEUED,
    PlanState.SOLVING,
    PlanState.PROPOSED,
    PlanState.DRAFT,
    PlanState.FAILED,
)
_BESIDE_MAY_GO = tuple(state for state in _MAY_GO if state is not PlanState.DRAFT)


def discard_draft(session: Session, actor: Actor, plan_id: int, *, at: datetime) -> None:
    """Put a plan away, with what was proposed beside it and not taken.

    One that is being solved stops, and its answer is no longer wanted.

    Raises:
        NotFound: it is published, or away already.
    """
    actor.must_plan_for_all()
    mine = (col(Plan.id) == plan_id) & col(Plan.state).in_(_MAY_GO)
    beside = (col(Plan.lead_id) == plan_id) & col(Plan.state).in_(_BESIDE_MAY_GO)
    gone = session.exec(update(Plan).where(mine | beside).values(state=PlanState.DISCARDED))
    if not gone.rowcount:
        raise NotFound("concept", str(plan_id))
    audits.record(session, actor, "discard", noun="plan", noun_id=str(plan_id), at=at)
