"""The parts added up: values, bounds, and the word about every improvement."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from threading import Lock

from solver.plan import Improvement, TierScore
from solver.problem import PlannedMeeting, Tier
from solver.search.formulation import Formulation, Solution
from solver.search.record import Record
from solver.search.stopwatch import Stopwatch
from solver.standing import scores

Listener = Callable[[Improvement], None]


class Ledger:
    """One record per part, and what they come to together."""

    def __init__(
        self,
        first: Mapping[str, PlannedMeeting],
        values: Mapping[Tier, int],
        parts: int,
        stopwatch: Stopwatch,
        listener: Listener | None,
    ) -> None:
        self._first = first
        self._values = values
        self._parts = parts
        self._known: Mapping[Tier, int] = {}
        self._records: list[Record] = []
        self._stopwatch = stopwatch
        self._listener = listener
        self._lock = Lock()
        self._tell()

    def begin(
        self,
        plan: Mapping[str, PlannedMeeting],
        values: Mapping[Tier, int],
        bounds: Mapping[Tier, int],
    ) -> None:
        """Begin with a better plan, and with bounds known for the whole before there are records.

        A plan that isn't better leaves the first one in its place.
        """
        if tuple(values.values()) < tuple(self._values.values()):
            self._first, self._values = plan, values
        self._known = bounds
        self._tell()

    def open(self, formulation: Formulation, first: Solution) -> Record:
        """Start the record of one more part."""
        floors = {tier: cost.low for tier, cost in formulation.costs.items()}
        record = Record(first, floors, self._tell)
        if self._parts == 1:
            record.bounds.update(self._known)
        with self._lock:
            self._records.append(record)
        return record

    def plan(self) -> dict[str, PlannedMeeting]:
        """The best of every part; the first plan where a part was never begun."""
        better = {name: planned for r in self._records for name, planned in r.best.plan.items()}
        return {name: better.get(name, planned) for name, planned in self._first.items()}

    def scores(self) -> tuple[TierScore, ...]:
        """Values and bounds of the whole."""
        standings = [record.standing for record in self._records]
        return tuple(
            each if each.bound is not None else replace(each, bound=self._known.get(each.tier))
            for each in scores(self._values, standings, self._parts)
        )

    def _tell(self) -> None:
        if self._listener is None:
            return
        with self._lock:
            scores = self.scores()
            self._listener(
                Improvement(
                    tiers=tuple(self._values),
                    values=tuple(score.value for score in scores),
                    bounds=tuple(score.bound for score in scores),
                    seconds=self._stopwatch.seconds,
                )
            )
