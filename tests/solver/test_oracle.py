from collections.abc import Callable
from typing import Any

import pytest

from solver.check import check
from solver.problem import Problem


def test_the_oracle_reaches_the_optimum_of_every_worked_example(
    example: str,
    example_problem: Callable[[str], Problem],
    example_score: Callable[[str], dict[str, Any]],
    best_plan: Callable[[Problem], Any],
) -> None:
    assert best_plan(example_problem(example)).tiers == example_score(example)["optimum"]


@pytest.mark.parametrize("seed", range(20))
def test_the_oracle_answers_with_a_valid_plan_of_its_own_value(
    seed: int, tiny_problem: Callable[[int], Problem], best_plan: Callable[[Problem], Any]
) -> None:
    problem = tiny_problem(seed)
    best = best_plan(problem)
    judgement = check(problem, best.meetings)
    assert judgement.violations == ()
    assert judgement.tiers == best.tiers


def test_the_same_seed_gives_the_same_tiny_problem(
    tiny_document: Callable[[int], dict[str, Any]],
) -> None:
    assert tiny_document(7) == tiny_document(7)
    assert tiny_document(7) != tiny_document(8)
