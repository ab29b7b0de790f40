from collections.abc import Callable
from dataclasses import replace

import pytest

from solver.check import check
from solver.derive import Derived
from solver.problem import Problem, Tier
from solver.search.deputies import with_deputies
from solver.search.greedy import first_plan

Tiny = Callable[[int], Problem]


@pytest.mark.parametrize("seed", range(1200, 1260))
def test_deputies_come_back_and_nothing_else_changes(seed: int, tiny_problem: Tiny) -> None:
    problem = tiny_problem(seed)
    derived = Derived(problem)
    first = first_plan(derived)
    bare = {name: replace(planned, deputy=None) for name, planned in first.items()}
    completed = with_deputies(derived, bare)
    assert {name: replace(planned, deputy=None) for name, planned in completed.items()} == bare
    judgement = check(problem, completed)
    assert judgement.violations == ()
    if Tier.DEPUTY in judgement.tiers:
        assert judgement.tiers[Tier.DEPUTY] == check(problem, first).tiers[Tier.DEPUTY]


@pytest.mark.parametrize("seed", range(1200, 1220))
def test_whoever_stands_by_already_stays(seed: int, tiny_problem: Tiny) -> None:
    problem = tiny_problem(seed)
    first = first_plan(Derived(problem))
    assert with_deputies(Derived(problem), first) == first
