"""Ask again for a plan that couldn't be made. What was asked stays as it was."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from scheduler.db import audits
from scheduler.db.tables import Plan
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import PlanState


def try_again(session: Session, actor: Actor, plan_id: int, *, at: datetime) -> None:
    """Put a failed plan back into the queue; asked twice, it is put back once.

    Raises:
        NotAllowed: the actor doesn't plan for all.
        NotFound: there is no such plan.
    """
    actor.must_plan_for_all()
    if session.get(Plan, plan_id) is None:
        raise NotFound("concept", str(plan_id))
    back = session.exec(
        update(Plan)
        .where(col(Plan.id) == plan_id, col(Plan.state) == PlanState.FAILED)
        .values(
            state=PlanState.QUEUED,
            failure="",
            finished_at=None,
            wall_seconds=None,
            stop_asked=False,
            interruptions=0,
            lease_until=None,
            wish=None,
        )
    )
    if back.rowcount:
        audits.record(session, actor, "queue", noun="plan", noun_id=str(plan_id), at=at)
