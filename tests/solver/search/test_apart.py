"""Parts solved by themselves, wherever, and joined: as good as the whole solved in one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

import solver
from solver.check import check, false_claims
from solver.pieces import Joint, Piece, pieces
from solver.plan import Plan, Status
from solver.problem import Problem
from solver.search import parts
from solver.standing import Standing

ENOUGH = 60.0


@pytest.fixture
def twins(
    make_twins: Callable[[Problem], Problem],
    tiny_problem: Callable[[int], Problem],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[int], Problem]:
    """From a seed to a problem of two parts at least."""
    monkeypatch.setattr(parts, "SMALL_PART", 1)
    return lambda seed: make_twins(tiny_problem(seed))


def _joined(problem: Problem, first: tuple[Piece, ...], solved: list[Piece]) -> Plan:
    return Joint(problem, first).plan(
        solved, seed=1, workers=1, time_limit_seconds=ENOUGH, wall_seconds=1.0
    )


@pytest.mark.parametrize("seed", range(400, 408))
def test_pieces_solved_apart_come_to_the_optimum_of_the_whole(
    seed: int, twins: Callable[[int], Problem]
) -> None:
    problem = twins(seed)
    first = pieces(problem)
    assert len(first) >= 2
    solved = [solver.solve_piece(problem, each, time_limit_seconds=ENOUGH) for each in first]
    plan = _joined(problem, first, solved)
    assert check(problem, plan).violations == ()
    assert false_claims(problem, plan) == ()
    assert plan.status is Status.OPTIMAL
    assert plan.tiers == solver.solve(problem, time_limit_seconds=ENOUGH).tiers


def test_pieces_that_nobody_solved_come_to_a_valid_plan_that_claims_no_bound(
    twins: Callable[[int], Problem],
) -> None:
    problem = twins(402)
    first = pieces(problem)
    plan = _joined(problem, first, list(first))
    assert check(problem, plan).violations == ()
    assert false_claims(problem, plan) == ()
    assert {score.bound for score in plan.tiers} == {None}


def test_a_piece_goes_on_where_it_stands_and_keeps_its_proof(
    twins: Callable[[int], Problem],
) -> None:
    problem = twins(403)
    begun = pieces(problem)[0]
    solved = solver.solve_piece(problem, begun, time_limit_seconds=ENOUGH)
    told: list[Standing] = []
    again = solver.solve_piece(problem, solved, time_limit_seconds=ENOUGH, on_standing=told.append)
    assert again == solved
    assert again.standing is not None
    assert again.standing.is_proven
    assert told[0] == solved.standing


def test_without_time_a_piece_stays_as_it_was(twins: Callable[[int], Problem]) -> None:
    problem = twins(404)
    begun = pieces(problem)[0]
    assert solver.solve_piece(problem, begun, time_limit_seconds=0.0) == begun


def test_how_far_the_whole_is_is_the_sum_of_how_far_its_pieces_are(
    twins: Callable[[int], Problem],
) -> None:
    problem = twins(405)
    first = pieces(problem)
    joint = Joint(problem, first)
    one = solver.solve_piece(problem, first[0], time_limit_seconds=ENOUGH)
    begun = joint.improvement([None] * len(first), 0.0)
    halfway = joint.improvement([one.standing, *[None] * (len(first) - 1)], 2.0)
    assert halfway.values == tuple(
        check(problem, {**_meetings(first), **one.meetings}).tiers.values()
    )
    assert begun.values >= halfway.values
    assert set(halfway.bounds) == {None}


def _meetings(some: tuple[Piece, ...]) -> dict[str, Any]:
    return {name: planned for each in some for name, planned in each.meetings.items()}


def test_a_region_owes_by_all_provinces_also_where_a_piece_is_one_of_them(
    twins: Callable[[int], Problem],
) -> None:
    """A share of the seats is reckoned over the whole, so a piece is no problem of its own."""
    for seed in range(420, 428):
        problem = twins(seed)
        heavier = {
            name: replace(region, weight=region.weight * (9 if name.startswith("twin") else 1))
            for name, region in problem.regions.items()
        }
        uneven = replace(problem, regions=heavier)
        first = pieces(uneven)
        solved = [solver.solve_piece(uneven, each, time_limit_seconds=ENOUGH) for each in first]
        assert false_claims(uneven, _joined(uneven, first, solved)) == ()
