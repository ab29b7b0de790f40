"""What an engine is asked and answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from solver.search.formulation import Cost, Formulation
from solver.search.stopwatch import Stopwatch
from solver.variables import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Minimise one cost over a formulation, starting from a solution of it.

    `values` satisfies all that is held. `seconds` is of wall time. `ceilings` are costs that may
    not go above a value, `fixed` variables that stay as they are in `values`: with either of them
    the answer's bound holds under that condition only. `gap` is how far, in parts of the cost,
    value and bound may be apart for it to be good enough. `guided` by the linear relaxation
    an engine looks for the best plan wherever it may be, otherwise near the start first; the
    relaxation it gets row by row as rows are broken, or all `at_once`: where nothing is settled yet
    most rows are needed anyhow, and getting to know them costs three times as much.
    """

    formulation: Formulation
    cost: Cost
    values: Values
    seconds: float
    seed: int
    stopwatch: Stopwatch
    ceilings: Sequence[tuple[Cost, int]] = ()
    fixed: Sequence[int] = ()
    gap: float = 0.0
    guided: bool = False
    at_once: bool = False

    @property
    def time(self) -> float:
        """Seconds that are left for it."""
        return min(self.seconds, self.stopwatch.left)


@dataclass(frozen=True, slots=True)
class Answer:
    """The best solution met (the start, where nothing better was), and a bound on the cost."""

    values: Values
    bound: int
