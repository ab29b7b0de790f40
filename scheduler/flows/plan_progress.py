"""How far a plan is while it is being solved, and a coordinator's word that it is good enough."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from scheduler.db import audits
from scheduler.db.tables import Plan
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import PlanState
from scheduler.flows.plan_writer import write_tiers
from solver.plan import Improvement, TierScore

_WORKING = (PlanState.QUEUED, PlanState.SOLVING)


def note_progress(session: Session, plan_id: int, improvement: Improvement) -> None:
    """Write down the best so far, where the plan is still being solved."""
    plan = session.get_one(Plan, plan_id)
    if plan.state is not PlanState.SOLVING:
        return
    plan.wall_seconds = improvement.seconds
    told = zip(improvement.tiers, improvement.values, improvement.bounds, strict=True)
    scores = [TierScore(tier=tier, value=value, bound=bound) for tier, value, bound in told]
    write_tiers(session, plan_id, scores)


def is_stop_asked(session: Session, plan_id: int) -> bool:
    """Whether somebody asked for the best so far."""
    return session.get_one(Plan, plan_id).stop_asked


def ask_stop(session: Session, actor: Actor, plan_id: int, *, at: datetime) -> None:
    """Ask for the best so far; NotFound where there is no such plan.

    Nothing happens to a plan that is there already.
    """
    actor.must_plan_for_all()
    if session.get(Plan, plan_id) is None:
        raise NotFound("concept", str(plan_id))
    asked = session.exec(
        update(Plan)
        .where(
            col(Plan.id) == plan_id,
            col(Plan.state).in_(_WORKING),
            col(Plan.stop_asked).is_(False),
        )
        .values(stop_asked=True)
    )
    if asked.rowcount:
        audits.record(session, actor, "stop", noun="plan", noun_id=str(plan_id), at=at)
