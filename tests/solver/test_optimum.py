"""What is proven is the best there is. `make soak` looks at two thousand problems more."""

from collections.abc import Callable

import pytest

from solver.problem import Problem


@pytest.mark.parametrize("seed", range(120))
def test_a_tiny_problem_is_solved_to_its_optimum_under_any_tiers(
    seed: int,
    tiny_problem: Callable[[int], Problem],
    any_tiers: Callable[[Problem, int], Problem],
    assert_solved_to_its_optimum: Callable[[Problem], None],
) -> None:
    assert_solved_to_its_optimum(any_tiers(tiny_problem(seed), seed))
