from collections.abc import Callable

import pytest

import solver
from solver.check import check, false_claims
from solver.derive import Derived
from solver.plan import Status
from solver.problem import Problem
from solver.search import parts

Tiny = Callable[[int], Problem]
Twice = Callable[[Problem], Problem]
ENOUGH = 60.0


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("seed", range(400, 412))
def test_parts_solved_by_themselves_add_up_to_the_optimum_of_the_whole(
    seed: int,
    workers: int,
    tiny_problem: Tiny,
    make_twins: Twice,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem = make_twins(tiny_problem(seed))
    together = solver.solve(problem, time_limit_seconds=ENOUGH)
    monkeypatch.setattr(parts, "SMALL_PART", 1)
    apart = solver.solve(problem, time_limit_seconds=ENOUGH, workers=workers)
    assert check(problem, apart).violations == ()
    assert false_claims(problem, apart) == ()
    assert apart.tiers == together.tiers
    assert apart.status is Status.OPTIMAL


@pytest.mark.parametrize("seed", range(400, 412))
def test_every_meeting_is_in_one_part_and_twins_are_apart(
    seed: int, tiny_problem: Tiny, make_twins: Twice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "SMALL_PART", 1)
    problem = make_twins(tiny_problem(seed))
    found = parts.parts(Derived(problem))
    assert sorted(name for part in found for name in part) == sorted(problem.meetings)
    assert len(found) >= 2
    assert all(len({name.startswith("twin") for name in part}) == 1 for part in found)


def test_small_parts_go_together(tiny_problem: Tiny, make_twins: Twice) -> None:
    problem = make_twins(tiny_problem(1))
    assert len(parts.parts(Derived(problem))) == 1
