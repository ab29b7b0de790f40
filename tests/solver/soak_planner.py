"""Two thousand tiny problems: each against every plan there is, broken plans against the second
reading of the rule book (run: `make soak`).
"""

from collections.abc import Callable

import pytest

from solver.problem import Problem

SEEDS = range(1000, 3000)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_tiny_problem_is_solved_to_its_optimum_under_any_tiers(
    seed: int,
    tiny_problem: Callable[[int], Problem],
    any_tiers: Callable[[Problem, int], Problem],
    assert_solved_to_its_optimum: Callable[[Problem], None],
) -> None:
    assert_solved_to_its_optimum(any_tiers(tiny_problem(seed), seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_both_readings_find_the_same_in_whole_and_in_broken_plans(
    seed: int, assert_broken_plans_are_read_alike: Callable[[int], None]
) -> None:
    assert_broken_plans_are_read_alike(seed)
