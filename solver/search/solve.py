"""The face of the search: a problem in, the best plan found within the time out."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from solver.check import check
from solver.derive import Derived
from solver.format import digest_of
from solver.plan import Plan
from solver.problem import Problem
from solver.search.countable import is_countable
from solver.search.formulation import Formulation
from solver.search.greedy import first_plan
from solver.search.learner import Learner
from solver.search.ledger import Ledger, Listener
from solver.search.lexicographic import Lexicographic
from solver.search.opening import is_large, opening, seconds_for_the_whole
from solver.search.pair import Proof
from solver.search.parts import parts
from solver.search.record import Record
from solver.search.stopwatch import Stopwatch

BEGINNING = 1.5
"""How much of its share of the time left a part may take to begin. More than there is: most parts
need a fraction of it, and none should be cut off just before its proof."""

ENDING, ENDING_SECONDS = 0.03, 0.5
"""Of the time limit, and besides, what is kept at most for ending in time: as much as the beginning
took, for a machine that is slow to begin is slow to end.
"""


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
    ending = min(stopwatch.seconds, ENDING_SECONDS + ENDING * time_limit_seconds)
    working = stopwatch.lasting(stopwatch.left - ending)
    _Parts(derived, ledger, working, seed).run(whole, workers)
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

    def __init__(self, derived: Derived, ledger: Ledger, stopwatch: Stopwatch, seed: int) -> None:
        self._derived = derived
        self._ledger = ledger
        self._stopwatch = stopwatch
        self._seed = seed
        self._records: dict[str, Record] = {}
        self._left = 0

    def run(self, whole: Sequence[Sequence[str]], workers: int) -> None:
        """Of several, all begin before any goes on: what comes first counts more in each of them.

        A formulation is made anew for the second round, since all at once would fill the memory.
        """
        if len(whole) == 1:
            self._solve_whole(whole[0], workers)
            return
        for portion, work in ((BEGINNING, Lexicographic.begin), (1.0, Lexicographic.run)):
            self._left = len(whole)
            share = portion * workers
            with ThreadPoolExecutor(workers) as pool:
                for done in [pool.submit(self._solve, part, share, work) for part in whole]:
                    done.result()

    def _solve_whole(self, part: Sequence[str], workers: int) -> None:
        if self._stopwatch.left == 0 or not is_countable(self._derived, part):
            return
        with Learner(beside=workers > 1) as learner:
            proof = self._open(part, learner)
            if proof is not None and self._stopwatch.left <= seconds_for_the_whole(proof):
                return
            formulation = Formulation(self._derived, part)
            Lexicographic(
                formulation,
                self._record(formulation, part),
                self._stopwatch,
                learner=learner,
                seed=self._seed,
                workers=workers,
                opened=proof is not None,
            ).run()

    def _open(self, part: Sequence[str], learner: Learner) -> Proof | None:
        """Prove what comes first of a large problem, where that is a pair, and make it known."""
        if not is_large(self._derived, part):
            return None
        first = self._ledger.plan()
        proof = opening(
            self._derived, part, first, learner=learner, stopwatch=self._stopwatch, seed=self._seed
        )
        if proof is not None:
            values = check(self._derived.problem, proof.plan).tiers
            self._ledger.begin({name: proof.plan[name] for name in first}, values, proof.bounds)
        return proof

    def _solve(
        self, part: Sequence[str], share: float, work: Callable[[Lexicographic], None]
    ) -> None:
        """Give a part its share of the time; what it doesn't need is left to the others."""
        seconds = self._stopwatch.left * min(1.0, share / self._left)
        if seconds > 0 and is_countable(self._derived, part):
            formulation = Formulation(self._derived, part)
            record = self._record(formulation, part)
            clock = self._stopwatch.lasting(seconds)
            with Learner(beside=False) as learner:
                work(
                    Lexicographic(
                        formulation, record, clock, learner=learner, seed=self._seed, workers=1
                    )
                )
        self._left -= 1

    def _record(self, formulation: Formulation, part: Sequence[str]) -> Record:
        """Where the part stands; opened on its first turn. No two parts hold the same meeting."""
        name = next(iter(part), "")
        if name not in self._records:
            plan = self._ledger.plan()
            start = formulation.solution({name: plan[name] for name in part})
            self._records[name] = self._ledger.open(formulation, start)
        return self._records[name]
