"""Ask for a plan over a period, take it up, and note how it ended. The row is the job."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from scheduler.db import audits, leases
from scheduler.db.leases import Claim
from scheduler.db.tables import Meeting, Plan, PlanTier
from scheduler.domain.access import Actor
from scheduler.domain.errors import AanTafelError, NothingToDo, Sentence
from scheduler.domain.terms import MeetingState, PlanState

_LEAST_SECONDS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked of the solver: the period (inclusive local days) and how long it may think.

    What began at `as_of` or before is past; None is the moment of asking.
    """

    first_day: date
    last_day: date
    as_of: datetime | None = None
    time_limit_seconds: float
    seed: int = 1
    workers: int = 2


def queue_plan(session: Session, actor: Actor, wish: Wish, *, at: datetime) -> int:
    """Put a plan in the queue and give its number.

    Raises:
        NothingToDo: there is no meeting to plan at all.
    """
    actor.must_plan_for_all()
    planned = select(Meeting.id).where(Meeting.state == MeetingState.PLANNED).limit(1)
    if session.exec(planned).first() is None:
        raise NothingToDo(
            Sentence("Er zijn geen overleggen om te plannen.", "There are no meetings to plan.")
        )
    plan = Plan(
        first_day=wish.first_day,
        last_day=wish.last_day,
        as_of=(wish.as_of or at).replace(second=0, microsecond=0),  # planning counts minutes
        state=PlanState.QUEUED,
        created_at=at,
        seed=wish.seed,
        workers=wish.workers,
        time_limit_seconds=wish.time_limit_seconds,
    )
    session.add(plan)
    session.flush()
    audits.record(session, actor, "queue", noun="plan", noun_id=str(plan.id), at=at)
    return plan.id


def claim_plan(session: Session, *, at: datetime) -> Plan | None:
    """Take up the oldest queued plan, or None. Two workers never take up the same one.

    What somebody waits for comes before what would stand beside somebody else's.
    """
    query = (
        select(Plan.id)
        .where(Plan.state == PlanState.QUEUED)
        .order_by(col(Plan.lead_id).is_not(None), col(Plan.id))
    )
    for plan_id in session.exec(query):
        if leases.take(session, Plan, plan_id, at=at):
            return session.get_one(Plan, plan_id, populate_existing=True)
    return None


def is_finished(session: Session, plan_id: int) -> bool:
    """Whether a plan has been solved.

    Raises:
        PlanFailed: it could not be.
    """
    plan = session.get_one(Plan, plan_id)
    if plan.state is PlanState.FAILED:
        raise PlanFailed(plan.failure)
    return plan.state not in {PlanState.QUEUED, PlanState.SOLVING}


class PlanFailed(AanTafelError):
    """A plan could not be made."""

    def __init__(self, reason: str) -> None:
        """Say why."""
        super().__init__(
            Sentence(
                f"Het rooster kon niet gemaakt worden: {reason}",
                f"The plan could not be made: {reason}",
            )
        )


def note_failure(session: Session, claim: Claim, reason: str, *, at: datetime) -> None:
    """A plan that could not be made says why, and is out of the queue."""
    plan = leases.mine(session, Plan, claim)
    if plan is not None:
        plan.state, plan.failure, plan.finished_at = PlanState.FAILED, reason, at


def note_death(session: Session, claim: Claim, reason: str, *, at: datetime) -> None:
    """A plan whose process was killed is tried once more; after that it says why it failed."""
    plan = leases.mine(session, Plan, claim)
    if plan is not None and plan.interruptions == 0 and not plan.stop_asked:
        plan.state, plan.interruptions = PlanState.QUEUED, 1
        _forget_progress(session, [plan.id])
    else:
        note_failure(session, claim, reason, at=at)


def seconds_left(session: Session, plan: Plan) -> float:
    """How long a plan may be thought about: an even share of what is left for those beside it."""
    lead = plan.lead_id or plan.id
    mine = (col(Plan.id) == lead) | (col(Plan.lead_id) == lead)
    ahead = col(Plan.state).in_((PlanState.QUEUED, PlanState.SOLVING))
    spent = session.exec(select(func.sum(Plan.wall_seconds)).where(mine, ~ahead)).one() or 0.0
    waiting = session.exec(select(func.count(col(Plan.id))).where(mine, ahead)).one()
    return max(_LEAST_SECONDS, (plan.time_limit_seconds - spent) / max(1, waiting))


def requeue_interrupted(session: Session) -> int:
    """Put back what was being solved when the process died; gives how many there were.

    Only for the one process that owns the queue, at its start.
    """
    numbers = leases.put_back(session, Plan)
    _forget_progress(session, numbers)
    return len(numbers)


def requeue_lost(session: Session, *, at: datetime) -> int:
    """Put back what a worker took up that wasn't heard of since; gives how many there were.

    What was lost too often says so, and isn't tried again by itself.
    """
    numbers = leases.put_back(session, Plan, lost_by=at)
    _forget_progress(session, numbers)
    session.exec(
        update(Plan)
        .where(col(Plan.id).in_(numbers), col(Plan.interruptions) > leases.MOST_LOSSES)
        .values(state=PlanState.FAILED, failure="its workers were lost", finished_at=at)
    )
    return len(numbers)


def _forget_progress(session: Session, numbers: Iterable[int]) -> None:
    session.exec(update(Plan).where(col(Plan.id).in_(numbers)).values(wall_seconds=None))
    session.exec(delete(PlanTier).where(col(PlanTier.plan_id).in_(numbers)))
