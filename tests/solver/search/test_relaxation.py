from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

import solver
from solver.derive import Derived
from solver.problem import Problem
from solver.search.engine import Task
from solver.search.formulation import Formulation, Solution
from solver.search.greedy import first_plan
from solver.search.relaxation import Relaxation, reckoned, relax
from solver.search.rows import rows
from solver.search.stopwatch import Stopwatch

Tiny = Callable[[int], Problem]
ENOUGH = 60.0


@pytest.fixture
def solutions(tiny_problem: Tiny) -> Callable[[int], tuple[Formulation, list[Solution]]]:
    """A tiny problem's formulation, and two plans as solutions of it: a first one and the best."""

    def make(seed: int) -> tuple[Formulation, list[Solution]]:
        problem = tiny_problem(seed)
        formulation = Formulation(Derived(problem))
        plans = [first_plan(Derived(problem)), solver.solve(problem).meetings]
        return formulation, [formulation.solution(plan) for plan in plans]

    return make


def tasks(formulation: Formulation, start: Solution) -> list[Task]:
    return [
        Task(
            formulation=formulation,
            cost=cost,
            values=start.values,
            seconds=ENOUGH,
            seed=1,
            stopwatch=Stopwatch(ENOUGH),
        )
        for cost in formulation.costs.values()
    ]


def assert_true_of(relaxation: Relaxation, task: Task, solutions: list[Solution]) -> None:
    """Of every solution: it costs no less than the bound, and is settled as its cost says."""
    for solution in solutions:
        cost = task.cost.value(solution.values)
        assert relaxation.bound <= cost
        for index, value in relaxation.settled(cost).items():
            assert solution.values[index] == value


@pytest.mark.parametrize("seed", range(900, 930))
def test_no_plan_goes_below_the_bound_or_without_what_is_settled(
    seed: int, solutions: Callable[[int], tuple[Formulation, list[Solution]]]
) -> None:
    formulation, known = solutions(seed)
    for task in tasks(formulation, known[0]):
        assert_true_of(relax(task), task, known)


@pytest.mark.parametrize("seed", range(930, 940))
def test_however_wrong_the_engine_is_what_follows_is_true(
    seed: int, solutions: Callable[[int], tuple[Formulation, list[Solution]]]
) -> None:
    formulation, known = solutions(seed)
    every, chance = list(rows(formulation.model)), Random(seed)
    for task in tasks(formulation, known[0]):
        scale = 10.0 ** chance.randint(-3, 6)
        wrong = [chance.uniform(-scale, scale) for _ in every]
        assert_true_of(reckoned(task, every, wrong), task, known)


def test_of_numbers_beyond_the_engine_the_relaxation_still_tells_the_truth(
    tiny_problem: Tiny,
) -> None:
    problem = tiny_problem(1)
    patient = {
        name: replace(person, target_minutes=2**52)
        for name, person in problem.representatives.items()
    }
    problem = replace(problem, representatives=patient)
    formulation = Formulation(Derived(problem))
    known = [formulation.solution(first_plan(Derived(problem)))]
    for task in tasks(formulation, known[0]):
        assert_true_of(relax(task), task, known)
