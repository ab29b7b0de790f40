"""How far a plan is while it is being solved, and a coordinator's word that it is good enough."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from scheduler.db import audits, leases
from scheduler.db.leases import Claim
from scheduler.db.tables import Plan
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import PlanState
from scheduler.flows.plan_writer import write_tiers
from solver.plan import Improvement, TierScore
from solver.problem import Tier

_WORKING = (PlanState.QUEUED, PlanState.SOLVING)


def note_progress(
    session: Session,
    claim: Claim,
    improvement: Improvement,
    before: Mapping[Tier, int] | None = None,
) -> None:
    """Write down the best so far, and what is published now, where the plan is being solved."""
    plan = leases.mine(session, Plan, claim)
    if plan is None:
        return
    plan.wall_seconds = improvement.seconds
    told = zip(improvement.tiers, improvement.values, improvement.bounds, strict=True)
    scores = [TierScore(tier=tier, value=value, bound=bound) for tier, value, bound in told]
    write_tiers(session, plan.id, scores, before=before)


def is_stop_asked(session: Session, plan_id: int) -> bool:
    """Whether somebody asked for the best so far, or put the plan away altogether."""
    plan = session.get_one(Plan, plan_id)
    return plan.stop_asked or plan.state is not PlanState.SOLVING


def ask_stop(session: Session, actor: Actor, plan_id: int, *, at: datetime) -> None:
    """Ask for the best so far; NotFound where there is no such plan.

    What would stand beside it and isn't begun yet is let be. Nothing happens to a plan that is
    there already.
    """
    actor.must_plan_for_all()
    if session.get(Plan, plan_id) is None:
        raise NotFound("concept", str(plan_id))
    beside = col(Plan.lead_id) == plan_id
    let_be = session.exec(
        update(Plan)
        .where(beside, col(Plan.state) == PlanState.QUEUED)
        .values(state=PlanState.DISCARDED)
    )
    asked = session.exec(
        update(Plan)
        .where(
            (col(Plan.id) == plan_id) | beside,
            col(Plan.state).in_(_WORKING),
            col(Plan.stop_asked).is_(False),
        )
        .values(stop_asked=True)
    )
    if asked.rowcount or let_be.rowcount:
        audits.record(session, actor, "stop", noun="plan", noun_id=str(plan_id), at=at)
