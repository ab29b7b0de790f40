"""The best plan so far, what is known to be impossible, and the word about both."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from solver.problem import Tier
from solver.search.formulation import Solution
from solver.search.stopwatch import Stopwatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Improvement:
    """A better plan or a better bound, `seconds` after the start.

    `tiers`, `values` and `bounds` run side by side, in the policy's order; a bound is valid as
    `TierScore.bound` is, None where none is known yet.
    """

    tiers: tuple[Tier, ...]
    values: tuple[int, ...]
    bounds: tuple[int | None, ...]
    seconds: float


Listener = Callable[[Improvement], None]


class Record:
    """Keeps the best of all plans offered, by any thread. Never goes back."""

    def __init__(
        self,
        tiers: tuple[Tier, ...],
        first: Solution,
        stopwatch: Stopwatch,
        listener: Listener | None,
    ) -> None:
        self.tiers = tiers
        self.best = first
        self.bounds: dict[Tier, int] = {}
        self._stopwatch = stopwatch
        self._listener = listener
        self._lock = Lock()
        self._tell()

    def value(self, tier: Tier) -> int:
        """What the best plan is worth on a tier."""
        return self.best.vector[self.tiers.index(tier)]

    def is_proven(self, tier: Tier) -> bool:
        """Whether the best plan meets the bound."""
        return self.bounds.get(tier) == self.value(tier)

    def offer(self, solution: Solution) -> bool:
        """Take a plan if it is better, tier by tier in order; tells whether it was."""
        with self._lock:
            if solution.vector >= self.best.vector:
                return False
            self.best = solution
            self._tell()
            return True

    def bound(self, tier: Tier, bound: int) -> None:
        """Note that no plan as good on the tiers before goes below a value."""
        with self._lock:
            if bound > self.bounds.get(tier, bound - 1):
                self.bounds[tier] = bound
                self._tell()

    def _tell(self) -> None:
        if self._listener is not None:
            self._listener(
                Improvement(
                    tiers=self.tiers,
                    values=self.best.vector,
                    bounds=tuple(map(self.bounds.get, self.tiers)),
                    seconds=self._stopwatch.seconds,
                )
            )
