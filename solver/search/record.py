"""The best plan of a part so far, and what is known to be impossible."""

from collections.abc import Callable, Mapping
from threading import Lock

from solver.problem import Tier
from solver.search.formulation import Solution
from solver.standing import Standing
from solver.variables import Decision


class Record:
    """Keeps the best of all plans offered, by any thread. Never goes back.

    `floors` are bounds that hold for every valid plan, `bounds` for those as good as the best one
    on the tiers before. `settled` are decisions that are the same in all plans as good as the best
    one. `tell` is called after every change.
    """

    def __init__(
        self, first: Solution, floors: Mapping[Tier, int], tell: Callable[[], None]
    ) -> None:
        self.first = self.best = first
        self.floors = floors
        self.bounds = dict(floors)
        self.settled: dict[Decision, int] = {}
        self._tiers = tuple(floors)
        self._tell = tell
        self._lock = Lock()

    @property
    def standing(self) -> Standing:
        """How far the part is."""
        return Standing(
            first=self.first.vector,
            values=self.best.vector,
            bounds=tuple(self.bounds[tier] for tier in self._tiers),
            floors=tuple(self.floors[tier] for tier in self._tiers),
        )

    def value(self, tier: Tier) -> int:
        """What the best plan is worth on a tier."""
        return self.best.vector[self._tiers.index(tier)]

    def is_proven(self, tier: Tier) -> bool:
        """Whether the best plan meets the bound."""
        return self.bounds[tier] == self.value(tier)

    def offer(self, solution: Solution) -> None:
        """Take a plan if it is better, tier by tier in order."""
        with self._lock:
            if solution.vector < self.best.vector:
                self.best = solution
                self._tell()

    def bound(self, tier: Tier, bound: int) -> None:
        """Note that no plan as good on the tiers before goes below a value."""
        with self._lock:
            if bound > self.bounds[tier]:
                self.bounds[tier] = bound
                self._tell()
