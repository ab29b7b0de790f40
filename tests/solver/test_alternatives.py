from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pytest

from solver.alternatives import Alternative, Kind, alternatives
from solver.check import check
from solver.problem import PlannedMeeting, Problem, Tier

Plan = Mapping[str, PlannedMeeting]
Plans = Callable[[Problem], Iterator[Plan]]
Tiny = Callable[[int], Problem]


def _people(plan: Plan) -> list[tuple[object, ...]]:
    return [(one.slot, frozenset(one.attendees), one.deputy) for one in plan.values()]


@pytest.mark.parametrize("seed", range(12))
def test_alternatives_are_valid_and_truly_differ(
    seed: int, tiny_problem: Tiny, some_plans: Plans
) -> None:
    problem = tiny_problem(seed)
    present = list(some_plans(problem))[-1]
    found = alternatives(problem, present, time_limit_seconds=30)
    shapes = [_people(present), *(_people(one.plan.meetings) for one in found)]
    assert all(shapes.count(shape) == 1 for shape in shapes)
    for one in found:
        assert check(problem, one.plan).violations == ()


@pytest.mark.parametrize("seed", range(12))
def test_what_an_alternative_costs_is_measured_against_the_present_plan(
    seed: int, tiny_problem: Tiny, some_plans: Plans
) -> None:
    problem = tiny_problem(seed)
    present = list(some_plans(problem))[-1]
    measured = replace(problem, baseline=present)
    before = check(measured, present).all_tiers
    for one in alternatives(problem, present, time_limit_seconds=30):
        after = check(measured, one.plan).all_tiers
        assert one.values == after
        assert one.difference == {tier: after[tier] - before[tier] for tier in Tier}


@pytest.mark.parametrize("seed", range(12))
def test_nobody_is_changed_less_and_nothing_is_fairer_than_by_its_own_kind(
    seed: int, tiny_problem: Tiny, some_plans: Plans
) -> None:
    problem = tiny_problem(seed)
    problem = replace(problem, policy=replace(problem.policy, tiers=tuple(Tier)))
    present = list(some_plans(problem))[-1]
    found = {one.kind: one for one in alternatives(problem, present, time_limit_seconds=30)}
    for kind, tiers in _BEST_AT.items():
        for other in found.values():
            if kind in found:
                assert _on(found[kind], tiers) <= _on(other, tiers)


_BEST_AT = {
    Kind.FEWEST_CHANGES: (Tier.PRESENCE, Tier.STABILITY),
    Kind.FAIREST: (Tier.PRESENCE, Tier.VOICE, Tier.WORKLOAD),
    Kind.LEAST_TRAVEL: (Tier.PRESENCE, Tier.VOICE, Tier.COMFORT),
}


def _on(one: Alternative, tiers: tuple[Tier, ...]) -> tuple[int, ...]:
    return tuple(one.values[tier] for tier in tiers)


def test_with_no_time_left_there_is_still_an_answer(tiny_problem: Tiny, some_plans: Plans) -> None:
    problem = tiny_problem(5)
    present = next(some_plans(problem))
    stopped = alternatives(problem, present, time_limit_seconds=0, should_stop=lambda: True)
    assert stopped == ()
