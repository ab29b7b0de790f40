import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

import solver
from solver import Mode, Plan, with_mode
from solver.check import check, false_claims
from solver.format import read_problem
from solver.plan import Improvement, Status
from solver.problem import Ban, Pin, Problem, Tier
from solver.search import opening

EXAMPLES = ("deputy", "dst", "mandate", "office-hours", "pins", "spread", "stability", "travel")
Problems = Callable[[str], Problem]
Tiny = Callable[[int], Problem]
ENOUGH = 60.0
"""Seconds that no tiny problem needs; a slow machine may."""


def values(plan: Plan) -> dict[Tier, int]:
    return {score.tier: score.value for score in plan.tiers}


def assert_sound(problem: Problem, plan: Plan) -> None:
    assert check(problem, plan).violations == ()
    assert false_claims(problem, plan) == ()


@pytest.mark.parametrize("seed", range(80))
def test_a_tiny_problem_is_solved_to_its_proven_optimum_in_any_order_of_tiers(
    seed: int, tiny_problem: Tiny, best_plan: Callable[[Problem], Any]
) -> None:
    problem = tiny_problem(seed)
    plan = solver.solve(problem, time_limit_seconds=ENOUGH)
    assert_sound(problem, plan)
    assert plan.status is Status.OPTIMAL
    assert values(plan) == best_plan(problem).tiers


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("seed", range(100, 112))
def test_the_heavy_engine_comes_to_the_same_optimum(
    seed: int,
    workers: int,
    tiny_problem: Tiny,
    best_plan: Callable[[Problem], Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(opening, "SMALL", 0)
    problem = tiny_problem(seed)
    plan = solver.solve(problem, time_limit_seconds=ENOUGH, workers=workers)
    assert_sound(problem, plan)
    assert values(plan) == best_plan(problem).tiers
    assert plan.status is Status.OPTIMAL


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_worked_example_is_solved_to_its_optimum(
    name: str, example_problem: Problems, example_score: Callable[[str], dict[str, Any]]
) -> None:
    problem = example_problem(name)
    plan = solver.solve(problem, time_limit_seconds=ENOUGH)
    assert_sound(problem, plan)
    assert values(plan) == example_score(name)["optimum"]
    assert plan.status is Status.OPTIMAL


@pytest.mark.parametrize("seed", range(5))
def test_the_same_seed_gives_the_same_plan(seed: int, tiny_problem: Tiny) -> None:
    problem = tiny_problem(seed)
    first, second = (solver.solve(problem, time_limit_seconds=ENOUGH) for _ in range(2))
    assert first.meetings == second.meetings
    assert first.tiers == second.tiers


@pytest.mark.parametrize("seed", range(200, 206))
def test_neither_order_nor_names_change_the_optimum(
    seed: int, tiny_document: Callable[[int], dict[str, Any]]
) -> None:
    document = tiny_document(seed)
    turned = json.loads(json.dumps(document))
    for key in ("meetings", "representatives", "organisations", "mandates", "regions"):
        turned[key].reverse()
    renamed = json.loads(json.dumps(turned).replace('"m-', '"zz-m-'))
    plans = [
        solver.solve(read_problem(json.dumps(version)), time_limit_seconds=ENOUGH)
        for version in (document, turned, renamed)
    ]
    assert values(plans[0]) == values(plans[1]) == values(plans[2])


@pytest.mark.parametrize("seed", range(300, 306))
def test_one_representative_more_never_worsens_the_first_tier(
    seed: int, tiny_problem: Tiny
) -> None:
    problem = tiny_problem(seed)
    order = (Tier.PRESENCE, *(t for t in problem.policy.tiers if t is not Tier.PRESENCE))
    problem = replace(problem, policy=replace(problem.policy, tiers=order))
    last = list(problem.representatives.values())[-1]
    more = {**problem.representatives, "extra": replace(last, id="extra")}
    before = solver.solve(problem, time_limit_seconds=ENOUGH).tiers[0].value
    after = solver.solve(replace(problem, representatives=more), time_limit_seconds=ENOUGH)
    assert after.tiers[0].value <= before


def test_a_repair_after_a_drop_out_changes_no_more_than_it_must(
    example_problem: Problems,
) -> None:
    problem = example_problem("deputy")
    before = solver.solve(problem, time_limit_seconds=ENOUGH)
    gone = next(iter(before.meetings["m-3"].attendees))
    away = replace(problem, bans=(Ban(meeting=None, representative=gone),))
    repair = with_mode(away, Mode.REPAIR, before.meetings)
    plan = solver.solve(repair, time_limit_seconds=ENOUGH)
    assert_sound(repair, plan)
    assert [score.tier for score in plan.tiers[:2]] == [Tier.PRESENCE, Tier.STABILITY]
    kept = {
        name
        for name, meeting in before.meetings.items()
        if gone not in meeting.attendees and gone != meeting.deputy
    }
    assert all(plan.meetings[name].attendees == before.meetings[name].attendees for name in kept)
    assert plan.status is Status.OPTIMAL


def test_a_problem_without_meetings_has_an_empty_plan(example_problem: Problems) -> None:
    problem = replace(example_problem("travel"), meetings={})
    plan = solver.solve(problem)
    assert plan.meetings == {}
    assert plan.status is Status.OPTIMAL


def test_without_representatives_every_meeting_is_a_gap(example_problem: Problems) -> None:
    problem = replace(example_problem("spread"), representatives={})
    plan = solver.solve(problem, time_limit_seconds=ENOUGH)
    assert_sound(problem, plan)
    assert all(meeting.slot is None for meeting in plan.meetings.values())


def test_without_tiers_any_valid_plan_is_the_best(example_problem: Problems) -> None:
    problem = example_problem("pins")
    problem = replace(problem, policy=replace(problem.policy, tiers=()))
    plan = solver.solve(problem, time_limit_seconds=ENOUGH)
    assert check(problem, plan).violations == ()
    assert plan.status is Status.OPTIMAL


def test_a_meeting_with_a_thousand_slots_takes_the_first(example_problem: Problems) -> None:
    problem = example_problem("travel")
    meeting = problem.meetings["m-1"]
    many = replace(meeting, slots=meeting.slots * 1000)
    problem = replace(problem, meetings={"m-1": many})
    plan = solver.solve(problem, time_limit_seconds=ENOUGH)
    assert_sound(problem, plan)
    assert plan.meetings["m-1"].slot == 0


def test_pins_against_everything_are_kept(example_problem: Problems) -> None:
    problem = example_problem("pins")
    pins = (*problem.pins, Pin(meeting="m-3", representative="r-x", slot=0))
    problem = replace(problem, pins=pins)
    plan = solver.solve(problem, time_limit_seconds=ENOUGH)
    assert_sound(problem, plan)
    assert "r-x" in plan.meetings["m-3"].attendees


def test_stopped_at_once_the_first_plan_is_given(example_problem: Problems) -> None:
    problem = example_problem("drenthe-2027")
    plan = solver.solve(problem, should_stop=lambda: True)
    assert_sound(problem, plan)
    assert plan.status is Status.FEASIBLE


@pytest.mark.parametrize("workers", [1, 2])
def test_a_real_year_gets_ever_better_plans_until_it_is_stopped(
    workers: int, example_problem: Problems
) -> None:
    problem = example_problem("drenthe-2027")
    heard: list[Improvement] = []
    plan = solver.solve(
        problem,
        time_limit_seconds=300.0,
        workers=workers,
        on_improvement=heard.append,
        should_stop=lambda: len({word.values for word in heard}) > 2,
    )
    assert_sound(problem, plan)
    vectors = [word.values for word in heard]
    assert vectors == sorted(vectors, reverse=True)
    assert tuple(values(plan).values()) == vectors[-1]


def test_importing_the_package_or_the_judge_loads_no_optimiser() -> None:
    code = "import sys, solver, solver.check, solver.format; print('ortools' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_an_unknown_name_is_no_part_of_the_package() -> None:
    with pytest.raises(AttributeError, match="planner"):
        solver.planner  # noqa: B018
