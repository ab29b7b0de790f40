from collections.abc import Callable
from typing import Any

import pytest

from solver.derive import Derived
from solver.problem import Problem, Tier
from solver.search import cp_sat
from solver.search.engine import Task
from solver.search.formulation import Formulation, Solution
from solver.search.greedy import first_plan
from solver.search.stopwatch import Stopwatch

ENOUGH = 60.0


def settled(formulation: Formulation, tier: Tier, start: Solution) -> Solution:
    """The best on one tier, proven, and held from now on."""
    task = Task(
        formulation=formulation,
        cost=formulation.costs[tier],
        values=start.values,
        seconds=ENOUGH,
        seed=1,
        stopwatch=Stopwatch(ENOUGH),
        guided=True,
    )
    answer = cp_sat.minimise(task)
    best = formulation.polished(answer.values)
    value = best.vector[formulation.tiers.index(tier)]
    assert answer.bound == value
    formulation.hold(tier, value)
    return best


@pytest.mark.parametrize("seed", range(700, 760))
def test_without_later_tiers_the_earlier_ones_have_the_same_optimum(
    seed: int, tiny_problem: Callable[[int], Problem], best_plan: Callable[[Problem], Any]
) -> None:
    problem = tiny_problem(seed)
    whole = Formulation(Derived(problem))
    last = whole.tiers[len(whole.tiers) // 2]
    reduced = whole.up_to(last)
    best = reduced.solution(first_plan(Derived(problem)))
    for tier in reduced.tiers:
        best = settled(reduced, tier, best)
    optimum = list(best_plan(problem).tiers.values())[: len(reduced.tiers)]
    assert list(best.vector) == optimum
    assert list(whole.solution(best.plan).vector[: len(optimum)]) == optimum
