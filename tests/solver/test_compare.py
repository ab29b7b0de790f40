from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from solver.check import check
from solver.compare import compare
from solver.problem import PlannedMeeting, Problem, Tier

Plans = Callable[[Problem], Iterator[Mapping[str, PlannedMeeting]]]
Tiny = Callable[[int], Problem]


@pytest.mark.parametrize("seed", range(60))
def test_the_parts_of_all_changes_add_up_to_the_difference(
    seed: int, tiny_problem: Tiny, some_plans: Plans
) -> None:
    problem = tiny_problem(seed)
    before, after = some_plans(problem)
    found = compare(problem, before, after)
    assert found.before == check(problem, before).all_tiers
    assert found.after == check(problem, after).all_tiers
    for tier in Tier:
        assert sum(change.effect[tier] for change in found.changes) == found.difference[tier]


@pytest.mark.parametrize("seed", range(100, 130))
def test_they_add_up_from_any_plan_to_the_best_and_back(
    seed: int, tiny_problem: Tiny, some_plans: Plans, best_plan: Callable[[Problem], Any]
) -> None:
    problem = tiny_problem(seed)
    best = best_plan(problem).meetings
    for plan in some_plans(problem):
        for before, after in ((plan, best), (best, plan)):
            found = compare(problem, before, after)
            for tier in Tier:
                parts = sum(change.effect[tier] for change in found.changes)
                assert parts == found.difference[tier] == found.after[tier] - found.before[tier]


def test_a_plan_does_not_differ_from_itself_in_another_order(
    tiny_problem: Tiny, some_plans: Plans
) -> None:
    problem = tiny_problem(3)
    plan = next(some_plans(problem))
    turned = {
        name: PlannedMeeting(
            meeting=name,
            slot=planned.slot,
            attendees=tuple(reversed(planned.attendees)),
            deputy=planned.deputy,
            voices=planned.voices,
        )
        for name, planned in plan.items()
    }
    assert compare(problem, plan, turned).changes == ()


def test_every_change_says_who_joins_and_who_leaves(
    tiny_problem: Tiny, some_plans: Plans, best_plan: Callable[[Problem], Any]
) -> None:
    problem = tiny_problem(11)
    before, after = next(some_plans(problem)), best_plan(problem).meetings
    for change in compare(problem, before, after).changes:
        stayed = set(change.before.attendees) - set(change.left)
        assert stayed | set(change.joined) == set(change.after.attendees)
