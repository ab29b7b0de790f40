from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from solver.check import check
from solver.derive import Derived
from solver.problem import Problem, Tier
from solver.search.greedy import first_plan
from solver.search.learner import Learner
from solver.search.opening import opening
from solver.search.pair import Proof
from solver.search.stopwatch import Stopwatch

Tiny = Callable[[int], Problem]
ENOUGH = 60.0


def about_people_first(problem: Problem) -> Problem:
    """The same problem, with two tiers first that are about who can be where."""
    first = (Tier.PRESENCE, Tier.VOICE)
    rest = (tier for tier in problem.policy.tiers if tier not in first)
    return replace(problem, policy=replace(problem.policy, tiers=(*first, *rest)))


def opened(problem: Problem, seconds: float) -> Proof:
    derived = Derived(problem)
    with Learner(beside=False) as learner:
        proof = opening(
            derived,
            list(problem.meetings),
            first_plan(derived),
            learner=learner,
            stopwatch=Stopwatch(seconds),
            seed=1,
        )
    assert proof is not None
    return proof


@pytest.mark.parametrize("seed", range(1100, 1130))
def test_what_comes_first_is_proven_before_the_whole_is_made(
    seed: int, tiny_problem: Tiny, best_plan: Callable[[Problem], Any]
) -> None:
    problem = about_people_first(tiny_problem(seed))
    proof = opened(problem, ENOUGH)
    optimum = list(best_plan(problem).tiers.items())[:2]
    assert list(proof.bounds.items()) == optimum
    judgement = check(problem, proof.plan)
    assert judgement.violations == ()
    assert list(judgement.tiers.items())[:2] == optimum


@pytest.mark.parametrize("seed", range(1130, 1140))
def test_without_time_there_is_a_plan_and_no_bound_is_wrong(
    seed: int, tiny_problem: Tiny, best_plan: Callable[[Problem], Any]
) -> None:
    problem = about_people_first(tiny_problem(seed))
    proof = opened(problem, 0.0)
    assert proof.bounds[Tier.PRESENCE] <= best_plan(problem).tiers[Tier.PRESENCE]
    assert check(problem, proof.plan).violations == ()


@pytest.mark.parametrize("seed", range(1140, 1145))
def test_tiers_that_add_up_amounts_have_no_opening(seed: int, tiny_problem: Tiny) -> None:
    problem = tiny_problem(seed)
    tiers = (Tier.WORKLOAD, Tier.COMFORT)
    problem = replace(problem, policy=replace(problem.policy, tiers=tiers))
    with Learner(beside=False) as learner:
        proof = opening(
            Derived(problem),
            list(problem.meetings),
            first_plan(Derived(problem)),
            learner=learner,
            stopwatch=Stopwatch(ENOUGH),
            seed=1,
        )
    assert proof is None
