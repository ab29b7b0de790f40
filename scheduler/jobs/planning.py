"""Working off the queue of plans: take one up, solve it apart, judge it, write it down."""

from collections.abc import Callable
from datetime import datetime

from scheduler.db.engine import Database
from scheduler.db.leases import Claim
from scheduler.db.tables import Plan
from scheduler.domain.times import now
from scheduler.flows.plan_writer import worth, write_plan
from scheduler.flows.planning.pieces import forget_pieces
from scheduler.flows.planning.pieces import in_pieces as cut
from scheduler.flows.planning.plan_period import (
    claim_plan,
    note_death,
    note_failure,
    requeue_lost,
    seconds_left,
)
from scheduler.flows.problem_builder import build_problem
from scheduler.jobs.leading import Lead
from scheduler.jobs.patience import AWAY, patiently
from scheduler.jobs.solver_process import (
    Effort,
    OnImprovement,
    ShouldStop,
    SolverProcessDied,
    solve_apart,
)
from scheduler.jobs.watch import Watch
from scheduler.logs import log, where
from scheduler.policy import PlanningPolicy


def solve_next(
    database: Database,
    policy: PlanningPolicy,
    *,
    clock: Callable[[], datetime] = now,
    on_improvement: OnImprovement | None = None,
    should_stop: ShouldStop | None = None,
    in_pieces: bool = False,
) -> int | None:
    """Solve the oldest queued plan and give its number, or None where the queue is empty.

    How far it is stands in its row meanwhile, and a coordinator may stop it there. No transaction
    is open while it solves. What goes wrong is noted in the row as well. What another worker took
    up and was lost over goes back into the queue first.

    With `in_pieces` its independent parts, where it has several, become jobs of their own that
    other workers take up as well. Where this process has to stop then, another leads on.

    Raises:
        OperationalError: the database stayed away; the plan is taken up again when its lease ends.
    """
    with database.session() as session:
        requeue_lost(session, at=clock())
        plan = claim_plan(session, at=clock())
    if plan is None:
        return None
    claim = Claim.of(plan)
    try:
        _solve(
            database,
            plan,
            policy,
            clock,
            on_improvement=on_improvement,
            should_stop=should_stop,
            in_pieces=in_pieces,
        )
    except SolverProcessDied as error:
        log.error("plan %s: %s", plan.id, error)
        with database.session() as session:
            note_death(session, claim, str(error), at=clock())
    except AWAY:
        raise
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the row has to say so
        log.error("plan %s failed: %s", plan.id, where(error))
        with database.session() as session:
            note_failure(session, claim, str(error), at=clock())
    return plan.id


def _solve(
    database: Database,
    plan: Plan,
    policy: PlanningPolicy,
    clock: Callable[[], datetime],
    *,
    on_improvement: OnImprovement | None,
    should_stop: ShouldStop | None,
    in_pieces: bool,
) -> None:
    with database.session() as session:
        question = build_problem(session, plan, policy)
        seconds = seconds_left(session, plan)
    claim = Claim.of(plan)
    effort = Effort(time_limit_seconds=seconds, seed=plan.seed, workers=plan.workers)
    first = cut(question) if in_pieces else ()
    apart = len(first) > 1
    watch = Watch(
        database,
        claim,
        worth(question),
        clock,
        on_improvement=on_improvement,
        should_stop=None if apart else should_stop,
    )
    if apart:
        ending = should_stop or _never
        answer = Lead(database, claim, question.problem, effort, watch, clock, ending).solve(first)
    else:
        answer = solve_apart(
            question.problem, effort, on_improvement=watch.improved, should_stop=watch.should_stop
        )

    def write() -> None:
        with database.session() as session:
            if answer is not None:
                write_plan(session, claim, question, answer, at=clock())
            forget_pieces(session)

    patiently(write)


def _never() -> bool:
    return False
