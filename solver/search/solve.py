"""The face of the search: a problem in, the best plan found within the time out."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from solver.check import check
from solver.derive import Derived
from solver.format import digest_of
from solver.plan import Plan
from solver.problem import PlannedMeeting, Problem
from solver.search.countable import is_countable
from solver.search.formulation import Formulation
from solver.search.greedy import first_plan
from solver.search.ledger import Ledger, Listener
from solver.search.lexicographic import Lexicographic
from solver.search.parts import parts
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
        time_limit_seconds: wall time; a first plan is made in any case, however short it is.
        seed: the same seed with one worker gives the same plan wherever every tier is proven.
        workers: how many processor cores may be used at once.
        on_improvement: is told of every better plan and bound, in whichever thread found it, one
            word at a time.
        should_stop: is asked now and then, in several threads; once it says yes, the best plan so
            far is returned.
    """
    stopwatch = Stopwatch(time_limit_seconds, should_stop)
    derived = Derived(problem)
    first = first_plan(derived)
    whole = parts(derived)
    values = check(problem, first).tiers
    ledger = Ledger(first, values, len(whole), stopwatch, on_improvement)
    _Parts(derived, first, ledger, stopwatch, seed).run(whole, workers)
    return Plan(
        problem=digest_of(problem),
        tiers=ledger.scores(),
        seed=seed,
        workers=workers,
        time_limit_seconds=time_limit_seconds,
        wall_seconds=stopwatch.seconds,
        meetings=ledger.plan(),
    )


class _Parts:
    """Goes through the parts: one with all workers, or several side by side with one each."""

    def __init__(
        self,
        derived: Derived,
        first: dict[str, PlannedMeeting],
        ledger: Ledger,
        stopwatch: Stopwatch,
        seed: int,
    ) -> None:
        self._derived = derived
        self._first = first
        self._ledger = ledger
        self._stopwatch = stopwatch
        self._seed = seed
        self._left = 0

    def run(self, whole: Sequence[Sequence[str]], workers: int) -> None:
        self._left = len(whole)
        if len(whole) == 1 or workers == 1:
            for part in whole:
                self._solve(part, workers, at_once=1)
            return
        with ThreadPoolExecutor(workers) as pool:
            for done in [pool.submit(self._solve, part, 1, workers) for part in whole]:
                done.result()

    def _solve(self, part: Sequence[str], workers: int, at_once: int) -> None:
        """Give a part its share of the time; what it doesn't need is left to the others."""
        share = self._stopwatch.left * min(1.0, at_once / self._left)
        if share > 0 and is_countable(self._derived, part):
            formulation = Formulation(self._derived, part)
            start = formulation.solution({name: self._first[name] for name in part})
            record = self._ledger.open(formulation, start)
            clock = self._stopwatch.lasting(share)
            Lexicographic(formulation, record, clock, seed=self._seed, workers=workers).run()
        self._left -= 1
