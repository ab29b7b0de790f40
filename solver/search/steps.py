"""In which steps the tiers are settled: one by one, or two in one go where that is quicker."""

from collections.abc import Iterator

from solver.problem import Tier
from solver.search.formulation import LOGICAL, Formulation

LARGEST_COST = 2**50
"""Up to here two costs fit into one without loss, in whole numbers and in floating point."""


def steps(formulation: Formulation) -> Iterator[tuple[Tier, ...]]:
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
