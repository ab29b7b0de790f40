"""Working a supposition out: take it up, say how far it is, and write down what came of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from scheduler.db import leases, tables
from scheduler.db.leases import Claim
from scheduler.domain.terms import PlanState, SuppositionState
from scheduler.domain.times import local
from scheduler.flows.plan_writer import PlanRefused, worth
from scheduler.flows.problem_builder import Question, build_problem
from scheduler.flows.what_if.outcome import measured
from scheduler.flows.what_if.suppositions import from_json
from scheduler.policy import PlanningPolicy
from solver.check import check
from solver.format import validated
from solver.plan import Improvement, Plan
from solver.problem import Problem, Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The problem with what is supposed and without; `question` is how things are.

    `before` is what is published now, worth by the rules; None where nothing of it is.
    """

    question: Question
    supposed: Problem
    before: Mapping[Tier, int] | None


def claim_supposition(session: Session, *, at: datetime) -> tables.Supposition | None:
    """Take up the oldest in the queue, or None. Two workers never take up the same one."""
    row = tables.Supposition
    queued = row.state == SuppositionState.QUEUED
    for number in session.exec(select(row.id).where(queued).order_by(col(row.id))):
        if leases.take(session, row, number, at=at):
            return session.get_one(row, number, populate_existing=True)
    return None


def build_pair(session: Session, row: tables.Supposition, policy: PlanningPolicy) -> Pair:
    """Read one snapshot of the facts, and make a copy of it with what is supposed.

    Raises:
        BadDocument: the rule book refuses what is supposed.
        KeyError: what it names is gone.
    """
    question = build_problem(session, _as_plan(row), policy)
    supposed = from_json(row.kind, row.given).applied(question)
    return Pair(
        question=question,
        supposed=validated(replace(supposed, name=f"supposition-{row.id}")),
        before=worth(question),
    )


def _as_plan(row: tables.Supposition) -> tables.Plan:
    """What is asked, in the words of a plan. It is never added to the session."""
    return tables.Plan(
        id=0,
        first_day=row.first_day,
        last_day=row.last_day,
        as_of=row.as_of,
        state=PlanState.QUEUED,
        created_at=row.asked_at,
        seed=row.seed,
        workers=row.workers,
        time_limit_seconds=row.time_limit_seconds,
        mode=row.mode,
        baseline_number=row.baseline_number,
        free_first_day=local(row.as_of).date(),
        free_last_day=row.last_day,
    )


def note_progress(
    session: Session,
    claim: Claim,
    improvement: Improvement,
    before: Mapping[Tier, int] | None,
    *,
    supposed: bool,
) -> None:
    """Write down the best so far, with what is `supposed` or without."""
    row = leases.mine(session, tables.Supposition, claim)
    if row is None:
        return
    told = zip(improvement.tiers, improvement.values, improvement.bounds, strict=True)
    row.progress = {
        "supposed": supposed,
        "seconds": improvement.seconds,
        "tiers": [
            {"name": tier, "value": value, "bound": bound, "before": (before or {}).get(tier)}
            for tier, value, bound in told
        ],
    }


def is_stop_asked(session: Session, number: int) -> bool:
    """Whether somebody asked for the best so far, or dropped it."""
    row = session.get_one(tables.Supposition, number)
    return row.stop_asked or row.state is not SuppositionState.SOLVING


def is_dropped(session: Session, number: int) -> bool:
    """Whether nobody wants the answer any more."""
    return session.get_one(tables.Supposition, number).state is not SuppositionState.SOLVING


def write_answer(
    session: Session, claim: Claim, pair: Pair, plans: tuple[Plan, Plan], *, at: datetime
) -> None:
    """Store what came of it: the present plan, the best without, and the best with the supposition.

    Nothing happens where it was dropped, or taken over by another process, meanwhile.

    Raises:
        PlanRefused: an answer breaks the rule book.
    """
    supposed, plain = plans
    _refuse_broken(pair.supposed, supposed)
    _refuse_broken(pair.question.problem, plain)
    row = leases.mine(session, tables.Supposition, claim)
    if row is None:
        return
    present = pair.question.present
    ahead = frozenset(present) - pair.question.held
    without = measured(pair.question.problem, plain.meetings, ahead, present)
    row.outcome = {
        "present": measured(pair.question.problem, present, ahead, present).as_json(),
        "without": without.as_json(),
        "supposed": measured(pair.supposed, supposed.meetings, ahead, present).as_json(),
        "seconds": [supposed.wall_seconds, plain.wall_seconds],
        "proven": [all(score.proven for score in each.tiers) for each in plans],
    }
    row.state, row.finished_at = SuppositionState.ANSWERED, at


def _refuse_broken(problem: Problem, plan: Plan) -> None:
    violations = check(problem, plan).violations
    if violations:
        raise PlanRefused(violations)


def note_failure(session: Session, claim: Claim, reason: str, *, at: datetime) -> None:
    """A supposition that couldn't be worked out says why, and is out of the queue."""
    row = leases.mine(session, tables.Supposition, claim)
    if row is not None:
        row.state, row.failure, row.finished_at = SuppositionState.FAILED, reason, at


def note_death(session: Session, claim: Claim, reason: str, *, at: datetime) -> None:
    """One whose process was killed is tried once more; after that it says why it failed."""
    row = leases.mine(session, tables.Supposition, claim)
    if row is not None and row.interruptions == 0 and not row.stop_asked:
        row.state, row.progress, row.interruptions = SuppositionState.QUEUED, None, 1
    else:
        note_failure(session, claim, reason, at=at)


def requeue_interrupted(session: Session) -> int:
    """Put back what was worked on when the process died; gives how many there were.

    Only for the one process that owns the queue, at its start.
    """
    numbers = leases.put_back(session, tables.Supposition)
    _forget_progress(session, numbers)
    return len(numbers)


def requeue_lost(session: Session, *, at: datetime) -> int:
    """Put back what a worker took up that wasn't heard of since; gives how many there were.

    What was lost too often says so, and isn't tried again by itself.
    """
    row = tables.Supposition
    numbers = leases.put_back(session, row, lost_by=at)
    _forget_progress(session, numbers)
    session.exec(
        update(row)
        .where(col(row.id).in_(numbers), col(row.interruptions) > leases.MOST_LOSSES)
        .values(state=SuppositionState.FAILED, failure="its workers were lost", finished_at=at)
    )
    return len(numbers)


def _forget_progress(session: Session, numbers: Iterable[int]) -> None:
    row = tables.Supposition
    session.exec(update(row).where(col(row.id).in_(numbers)).values(progress=None))
