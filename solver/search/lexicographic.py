"""Tier after tier in the policy's order, each by the engine that suits it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

from solver.problem import Tier
from solver.search import cp_sat, mip, opening
from solver.search.engine import Task
from solver.search.formulation import LOGICAL, Cost, Formulation
from solver.search.improvement import Improver
from solver.search.learner import Learner
from solver.search.pair import prove
from solver.search.record import Record
from solver.search.steps import steps
from solver.search.stopwatch import Stopwatch
from solver.variables import Values

SHARES = {Tier.WORKLOAD: 0.9, Tier.SPREAD: 0.4, Tier.COMFORT: 0.25}
"""How much of the time left a step may take; what comes after it needs the rest."""

LOGICAL_SHARE = 0.6
PROOF_SHARE = 0.5

QUICK_SECONDS, QUICK_MAKINGS = 12.0, 20
"""Tiers after the first that CP-SAT hasn't proven by then on a large model, SCIP mostly proves
sooner. Not the first ones: alone and with nothing held they leave SCIP too much to choose from.
The longer of the two counts, the second reckoned in the time that the whole model took to make, by
the clock: on a busy machine a proof takes longer as well.
"""

HEAVY_MAKINGS = 30
"""With less time than this the heavy engine may find nothing, and neighbourhoods on all cores find
more. Reckoned in the processor's time for the whole model: so much longer the engine takes.
"""

HANDING_OVER_SECONDS = 3.0
"""With less time than this no model is made for another engine: making it can't be interrupted."""

GOOD_ENOUGH = 1e-4
"""The gap at which other tiers deserve the time first; what is left then goes into the proof."""


class Lexicographic:
    """Goes down the tiers once and holds each at the value reached."""

    def __init__(
        self,
        formulation: Formulation,
        record: Record,
        stopwatch: Stopwatch,
        *,
        learner: Learner,
        seed: int,
        workers: int,
        opened: bool = False,
    ) -> None:
        """`opened` says that what comes first has had its turn."""
        self._formulation = formulation
        self._record = record
        self._stopwatch = stopwatch
        self._seed = seed
        self._workers = workers
        self._held: set[Tier] = set()
        self._improver = Improver(formulation, record, stopwatch, seed)
        self._learner = learner
        self._opened = opened
        formulation.settle(record.settled)

    def begin(self) -> None:
        """Settle what comes first, and nothing else."""
        for tiers in islice(steps(self._formulation), 1):
            self._settle(tiers)

    def run(self) -> None:
        """Settle every tier, or as many as time allows; then improve until the time is over."""
        for number, tiers in enumerate(steps(self._formulation)):
            if self._stopwatch.left <= self._formulation.seconds_made_in:
                # A step makes a model, which nothing can interrupt.
                return
            if number > 0 or not self._opened:
                self._settle(tiers)
            self._hold(tiers)
        self._improve()

    def _improve(self) -> None:
        open_tiers = self._unproven()
        heavy = next((tier for tier in open_tiers if self._is_heavy(tier)), None)
        if heavy is not None and self._has_time_for_the_heavy:
            with self._improver.alongside(open_tiers, self._workers - 1):
                self._minimise_sums(heavy, PROOF_SHARE, gap=0.0)
        open_tiers = self._unproven()
        if open_tiers:
            self._improver.run(open_tiers, self._workers, self._stopwatch.left)

    def _unproven(self) -> list[Tier]:
        return [tier for tier in self._formulation.tiers if not self._record.is_proven(tier)]

    def _may_add_up(self, tier: Tier) -> bool:
        """Whether SCIP may take over a tier that CP-SAT is mostly better at."""
        first = self._formulation.tiers[:2]
        return self._is_large and tier in LOGICAL and tier not in first

    def _is_worth_another_engine(self, tier: Tier) -> bool:
        return not self._record.is_proven(tier) and self._stopwatch.left > HANDING_OVER_SECONDS

    @property
    def _is_large(self) -> bool:
        return len(self._formulation.variables.attends) > opening.SMALL

    @property
    def _has_time_for_the_heavy(self) -> bool:
        needed = HEAVY_MAKINGS * self._formulation.processor_seconds
        return self._stopwatch.processor_left > needed

    def _is_heavy(self, tier: Tier) -> bool:
        return tier is Tier.WORKLOAD and self._is_large

    def _settle(self, tiers: Sequence[Tier]) -> None:
        if not all(self._record.is_proven(tier) for tier in tiers):
            if len(tiers) == 1:
                self._settle_one(tiers[0])
            else:
                self._minimise_both(*tiers)
        for tier in tiers:
            if self._may_add_up(tier) and self._is_worth_another_engine(tier):
                with self._improver.alongside([tier], self._workers - 1):
                    self._minimise_sums(tier, LOGICAL_SHARE, gap=0.0)

    def _hold(self, tiers: Sequence[Tier]) -> None:
        for tier in tiers:
            self._formulation.hold(tier, self._record.value(tier))
            self._held.add(tier)

    def _settle_one(self, tier: Tier) -> None:
        share = SHARES.get(tier, LOGICAL_SHARE)
        if self._is_heavy(tier):
            self._learner.apply(self._formulation, self._record)
        if self._is_heavy(tier) and not self._has_time_for_the_heavy:
            if self._is_worth_another_engine(tier):
                task = self._task(self._formulation.costs[tier], share, gap=0.0)
                self._record.bound(tier, mip.quick_bound(task))
            self._improver.run([tier], self._workers, share * self._stopwatch.left)
        elif self._is_heavy(tier):
            with self._improver.alongside([tier], self._workers - 1):
                self._minimise_sums(tier, share, gap=GOOD_ENOUGH)
        else:
            cost = self._formulation.costs[tier]
            answer = cp_sat.minimise(self._logical_task([tier], cost, share))
            self._take(answer.values)
            self._record.bound(tier, answer.bound)

    def _minimise_sums(self, tier: Tier, share: float, gap: float) -> None:
        task = self._task(self._formulation.costs[tier], share, gap)
        answer = mip.minimise(task, self._take, partial(self._record.bound, tier))
        self._take(answer.values)
        self._record.bound(tier, answer.bound)

    def _minimise_both(self, first: Tier, second: Tier) -> None:
        formulation = self._reduced(second)
        self._learner.apply(self._formulation, self._record)
        formulation.settle(self._record.settled)
        cost, _ = formulation.combined(first, second)
        task = self._logical_task([first, second], cost, LOGICAL_SHARE)
        start = formulation.solution(self._record.best.plan)
        task = replace(task, formulation=formulation, values=start.values)
        if self._is_large:
            self._learner.begin(task)
        proof = prove(formulation, first, second, task)
        self._record.offer(self._formulation.solution(proof.plan))
        for tier, bound in proof.bounds.items():
            self._record.bound(tier, bound)

    def _reduced(self, last: Tier) -> Formulation:
        """The formulation without what comes after a tier, where that makes it smaller."""
        if not self._is_large:
            return self._formulation
        reduced = self._formulation.up_to(last)
        for tier, value in zip(reduced.tiers, self._record.best.vector, strict=False):
            if tier in self._held:
                reduced.hold(tier, value)
        return reduced

    def _logical_task(self, tiers: Sequence[Tier], cost: Cost, share: float) -> Task:
        task = replace(
            self._task(cost, share, gap=0.0),
            guided=self._is_large,
            at_once=not self._record.settled,
        )
        if not all(map(self._may_add_up, tiers)):
            return task
        quick = max(QUICK_SECONDS, QUICK_MAKINGS * self._formulation.seconds_made_in)
        return replace(task, seconds=min(task.seconds, quick))

    def _task(self, cost: Cost, share: float, gap: float) -> Task:
        return Task(
            formulation=self._formulation,
            cost=cost,
            values=self._record.best.values,
            seconds=share * self._stopwatch.left,
            seed=self._seed,
            stopwatch=self._stopwatch,
            gap=gap,
        )

    def _take(self, values: Values) -> None:
        self._record.offer(self._formulation.polished(values))
