"""Tier after tier in the policy's order, each by the engine that suits it."""

from collections.abc import Iterator, Sequence

from solver.problem import Tier
from solver.search import cp_sat, mip
from solver.search.engine import Answer, Task
from solver.search.formulation import Cost, Formulation
from solver.search.record import Record
from solver.search.stopwatch import Stopwatch
from solver.variables import Values

LOGICAL = frozenset({Tier.PRESENCE, Tier.VOICE, Tier.EXPERTISE, Tier.DEPUTY, Tier.STABILITY})
"""Tiers about who can be where: CP-SAT proves two of them in one go faster than one by one."""

LARGEST_COST = 2**50
"""Up to here two costs fit into one without loss, in whole numbers and in floating point."""

SMALL = 400
"""With no more possible attendances than this, CP-SAT proves every tier by itself."""

SHARE = 0.6
"""How much of the time left one step may take."""


class Lexicographic:
    """Goes down the tiers once and holds each at the value reached."""

    def __init__(
        self, formulation: Formulation, record: Record, stopwatch: Stopwatch, seed: int
    ) -> None:
        self._formulation = formulation
        self._record = record
        self._stopwatch = stopwatch
        self._seed = seed

    def run(self) -> None:
        """Settle every tier, or as many as time allows."""
        for tiers in _steps(self._formulation):
            self._settle(tiers)
            if self._stopwatch.left == 0:
                return

    def _settle(self, tiers: Sequence[Tier]) -> None:
        costs = [self._formulation.costs[tier] for tier in tiers]
        for tier, cost in zip(tiers, costs, strict=True):
            self._record.bound(tier, cost.low)
        if not all(self._record.is_proven(tier) for tier in tiers):
            if len(tiers) == 1:
                self._minimise(tiers[0])
            else:
                self._minimise_both(*tiers)
        for tier in tiers:
            self._formulation.hold(tier, self._record.value(tier))

    def _minimise(self, tier: Tier) -> None:
        cost = self._formulation.costs[tier]
        answer = self._engine(tier, self._task(cost))
        self._take(answer.values)
        self._record.bound(tier, answer.bound)

    def _minimise_both(self, first: Tier, second: Tier) -> None:
        cost, factor = self._formulation.combined(first, second)
        answer = cp_sat.minimise(self._task(cost))
        self._take(answer.values)
        rest = self._formulation.costs[second]
        self._record.bound(first, -((rest.high - answer.bound) // factor))
        self._record.bound(second, answer.bound - factor * self._record.value(first))

    def _engine(self, tier: Tier, task: Task) -> Answer:
        if tier in LOGICAL or len(self._formulation.variables.attends) <= SMALL:
            return cp_sat.minimise(task)
        return mip.minimise(task, self._take)

    def _task(self, cost: Cost) -> Task:
        return Task(
            formulation=self._formulation,
            cost=cost,
            values=self._record.best.values,
            seconds=SHARE * self._stopwatch.left,
            seed=self._seed,
            stopwatch=self._stopwatch,
        )

    def _take(self, values: Values) -> None:
        self._record.offer(self._formulation.polished(values))


def _steps(formulation: Formulation) -> Iterator[tuple[Tier, ...]]:
    """The tiers in order, two at a time where that is exact and quicker."""
    waiting: Tier | None = None
    for tier in formulation.tiers:
        if waiting is None:
            waiting = tier
        elif _go_together(formulation, waiting, tier):
            yield waiting, tier
            waiting = None
        else:
            yield (waiting,)
            waiting = tier
    if waiting is not None:
        yield (waiting,)


def _go_together(formulation: Formulation, first: Tier, second: Tier) -> bool:
    if not LOGICAL.issuperset((first, second)):
        return False
    cost, _ = formulation.combined(first, second)
    return max(abs(cost.low), abs(cost.high)) < LARGEST_COST
