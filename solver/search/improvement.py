"""Keeps improving: neighbourhood after neighbourhood, in as many threads as are given."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from threading import Event, Thread

from solver.problem import Tier
from solver.search import cp_sat
from solver.search.engine import Task
from solver.search.formulation import Formulation
from solver.search.neighbourhoods import Neighbourhoods
from solver.search.record import Record
from solver.search.stopwatch import Stopwatch

SECONDS = 1.0
"""For one neighbourhood; most take a tenth of it."""


class Improver:
    """Improves a record; no bound found here is told, for it holds within a neighbourhood only."""

    def __init__(
        self, formulation: Formulation, record: Record, stopwatch: Stopwatch, seed: int
    ) -> None:
        self._formulation = formulation
        self._record = record
        self._stopwatch = stopwatch
        self._seed = seed
        self._started = 0

    @contextmanager
    def alongside(self, tiers: Sequence[Tier], threads: int) -> Iterator[None]:
        """Improve the tiers in turn, in threads of their own, for as long as the block runs."""
        over = Event()
        clock = self._stopwatch.narrowed(over.is_set)
        helpers = [
            Thread(target=self._improve, args=(tiers, clock), daemon=True) for _ in range(threads)
        ]
        for helper in helpers:
            helper.start()
        try:
            yield
        finally:
            over.set()
            for helper in helpers:
                helper.join()

    def run(self, tiers: Sequence[Tier], threads: int, seconds: float) -> None:
        """Improve the tiers in turn for so long."""
        with self.alongside(tiers, threads - 1):
            self._improve(tiers, self._stopwatch.lasting(seconds))

    def _improve(self, tiers: Sequence[Tier], clock: Stopwatch) -> None:
        self._started += 1
        seed = self._seed * 1000 + self._started
        neighbourhoods = Neighbourhoods(self._formulation, seed)
        for tier in cycle(tiers):
            if clock.left == 0:
                return
            self._step(neighbourhoods, tier, clock, seed)

    def _step(
        self, neighbourhoods: Neighbourhoods, tier: Tier, clock: Stopwatch, seed: int
    ) -> None:
        start = self._record.best
        free = neighbourhoods.pick()
        before = self._formulation.tiers[: self._formulation.tiers.index(tier)]
        task = Task(
            formulation=self._formulation,
            cost=self._formulation.costs[tier],
            values=start.values,
            seconds=SECONDS,
            seed=seed,
            stopwatch=clock,
            ceilings=[
                (self._formulation.costs[earlier], value)
                for earlier, value in zip(before, start.vector, strict=False)
                if not self._record.is_proven(earlier)
            ],
            fixed=list(neighbourhoods.fixed(free)),
        )
        answer = cp_sat.minimise(task)
        solution = self._formulation.polished(answer.values)
        neighbourhoods.learn(proven=answer.bound >= task.cost.value(answer.values))
        self._record.offer(solution)
