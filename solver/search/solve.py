"""The face of the search: a problem in, the best plan found within the time out."""

from collections.abc import Callable

from solver.derive import Derived
from solver.format import digest_of
from solver.plan import Plan, TierScore
from solver.problem import Problem
from solver.search.formulation import Formulation
from solver.search.greedy import first_plan
from solver.search.lexicographic import Lexicographic
from solver.search.record import Listener, Record
from solver.search.stopwatch import Stopwatch


def solve(
    problem: Problem,
    *,
    time_limit_seconds: float = 60.0,
    seed: int = 1,
    workers: int = 1,
    on_improvement: Listener | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Plan:
    """The best valid plan found; there always is one.

    Args:
        problem: as `solver.format.validated` accepts it.
        time_limit_seconds: wall time, the writing out of the plan not included.
        seed: the same seed with one worker gives the same plan wherever every tier is proven.
        workers: how many processor cores may be used at once.
        on_improvement: is told of every better plan and bound, in the thread that calls.
        should_stop: is asked now and then; once it says yes, the best plan so far is returned.
    """
    stopwatch = Stopwatch(time_limit_seconds, should_stop)
    derived = Derived(problem)
    formulation = Formulation(derived)
    first = formulation.solution(first_plan(derived))
    record = Record(formulation.tiers, first, stopwatch, on_improvement)
    Lexicographic(formulation, record, stopwatch, seed=seed, workers=workers).run()
    return Plan(
        problem=digest_of(problem),
        tiers=tuple(
            TierScore(tier=tier, value=record.value(tier), bound=record.bounds.get(tier))
            for tier in record.tiers
        ),
        seed=seed,
        workers=workers,
        time_limit_seconds=time_limit_seconds,
        wall_seconds=stopwatch.seconds,
        meetings=record.best.plan,
    )
