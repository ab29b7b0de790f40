from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from solver.check import check
from solver.derive import Derived
from solver.problem import Problem, Tier
from solver.search.greedy import first_plan

Tiny = Callable[[int], Problem]


@pytest.mark.parametrize("seed", range(600, 660))
def test_the_first_plan_is_always_valid(seed: int, tiny_problem: Tiny) -> None:
    problem = tiny_problem(seed)
    assert check(problem, first_plan(Derived(problem))).violations == ()


@pytest.mark.parametrize("seed", range(600, 620))
def test_the_first_plan_leaves_a_baseline_that_can_stay_as_it_was(
    seed: int, tiny_problem: Tiny, best_plan: Callable[[Problem], Any]
) -> None:
    problem = replace(tiny_problem(seed), baseline=None)
    baseline = best_plan(problem).meetings
    again = replace(problem, baseline=baseline)
    again = replace(again, policy=replace(again.policy, tiers=(Tier.STABILITY,)))
    plan = first_plan(Derived(again))
    for name, planned in baseline.items():
        assert set(planned.attendees) <= set(plan[name].attendees)
        assert planned.slot is None or plan[name].slot == planned.slot
