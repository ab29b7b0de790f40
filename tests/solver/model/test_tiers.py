from collections.abc import Callable
from typing import Any

import pytest
from ortools.sat.python.cp_model import OPTIMAL, CpModel, CpSolver

from solver.check import check
from solver.derive import Derived
from solver.model import COSTS
from solver.problem import Problem, Tier
from solver.search.formulation import Formulation
from solver.search.greedy import first_plan


def fixed(formulation: Formulation, values: Any) -> CpModel:
    """The model with nothing left to decide."""
    model = formulation.model.clone()
    for index, value in enumerate(values):
        model.add(model.get_int_var_from_proto_index(index) == value)
    return model


def test_the_model_counts_what_the_rule_book_counts(
    example: str, example_problem: Callable[[str], Problem], example_plan: Any, example_score: Any
) -> None:
    formulation = Formulation(Derived(example_problem(example)))
    solution = formulation.solution(example_plan(example))
    assert (
        dict(zip(formulation.tiers, solution.vector, strict=True))
        == example_score(example)["tiers"]
    )


@pytest.mark.parametrize("seed", range(60))
def test_a_completed_plan_keeps_every_row_and_every_value(
    seed: int, tiny_problem: Callable[[int], Problem]
) -> None:
    problem = tiny_problem(seed)
    derived = Derived(problem)
    formulation = Formulation(derived)
    solution = formulation.solution(first_plan(derived))
    judgement = check(problem, solution.plan)
    assert judgement.violations == ()
    assert solution.vector == tuple(judgement.tiers.values())
    assert CpSolver().solve(fixed(formulation, solution.values)) == OPTIMAL


def test_every_tier_has_a_cost() -> None:
    assert set(COSTS) == set(Tier)
