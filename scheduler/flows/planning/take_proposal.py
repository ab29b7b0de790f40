"""Take a proposal as the draft that is worked on, whole or without some of its changes."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from scheduler.db import audits, drafts
from scheduler.db.tables import Plan
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import PlanState
from scheduler.flows.planning.adjust_draft import undo_changes
from scheduler.flows.planning.adjust_plan import take_up
from scheduler.policy import PlanningPolicy


def take_proposal(
    session: Session,
    actor: Actor,
    plan_id: int,
    policy: PlanningPolicy,
    *,
    without: Collection[str] = (),
    at: datetime,
) -> None:
    """Make it the working draft. What is published stays; a draft that was there stays as well.

    Args:
        session: the session; the caller commits.
        actor: who takes it; must plan for all.
        plan_id: a proposal, or a draft that was put aside for another.
        policy: by which the rule book judges what is left of it.
        without: the meetings that stay as they are published.
        at: now.

    Raises:
        NotAllowed: the actor doesn't plan for all.
        NotFound: there is no such proposal.
        WouldBreak: without these changes a rule would be broken; nothing has changed then.
    """
    actor.must_plan_for_all()
    if _is_taken(session, plan_id) and not without:
        return
    with session.begin_nested():
        _claim(session, plan_id)
        if without:
            undo_changes(session, actor, plan_id, without, policy, at=at)
        take_up(session, actor, plan_id)
        audits.record(session, actor, "take", noun="plan", noun_id=str(plan_id), at=at)


def _is_taken(session: Session, plan_id: int) -> bool:
    """Whether it is the working draft already: a form that was sent twice."""
    return drafts.working_draft(session).plan_id == plan_id


def _claim(session: Session, plan_id: int) -> None:
    taken = session.exec(
        update(Plan)
        .where(col(Plan.id) == plan_id, col(Plan.state).in_((PlanState.PROPOSED, PlanState.DRAFT)))
        .values(state=PlanState.DRAFT)
    )
    if taken.rowcount != 1:
        raise NotFound("concept", str(plan_id))
    session.expire_all()
