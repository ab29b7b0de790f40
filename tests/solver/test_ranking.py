from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from solver import candidates
from solver.check import check
from solver.position import Barrier, Position
from solver.problem import HardRule, PlannedMeeting, Problem, Tier
from solver.ranking import Candidate, Seat, candidates_at, moves

Plan = Mapping[str, PlannedMeeting]
Plans = Callable[[Problem], Iterator[Plan]]
Tiny = Callable[[int], Problem]

SEEDS = range(40)


def _difference(problem: Problem, before: Plan, planned: PlannedMeeting) -> dict[Tier, int]:
    """What the judge says that a change does to each tier; fails where it breaks a rule."""
    after = check(problem, {**before, planned.meeting: planned})
    assert after.violations == ()
    was = check(problem, before).all_tiers
    return {tier: after.all_tiers[tier] - was[tier] for tier in Tier}


def _seats(planned: PlannedMeeting, slots: int) -> Iterator[Seat]:
    yield Seat()
    yield Seat(as_deputy=True)
    for name in planned.attendees:
        yield Seat(instead_of=name)
        for slot in range(slots):
            yield Seat(instead_of=name, slot=slot)
    for slot in range(slots):
        yield Seat(slot=slot)


def _naive(taken: PlannedMeeting, candidate: Candidate, seat: Seat, slot: int) -> PlannedMeeting:
    """Put somebody in a place without asking whether that can be; voices as they were."""
    name = candidate.representative
    if seat.as_deputy:
        return replace(taken, deputy=name, slot=slot)
    others = tuple(other for other in taken.attendees if other != seat.instead_of)
    return replace(taken, attendees=(*others, name), deputy=None, slot=slot)


def _asked_slots(problem: Problem, taken: PlannedMeeting, seat: Seat) -> Iterator[int]:
    if seat.slot is not None:
        yield seat.slot
    elif taken.slot is not None:
        yield taken.slot
    else:
        yield from range(len(problem.meetings[taken.meeting].slots))


@pytest.mark.parametrize("seed", SEEDS)
def test_whoever_can_take_a_place_does_exactly_what_was_said(
    seed: int, tiny_problem: Tiny, some_plans: Plans
) -> None:
    problem = tiny_problem(seed)
    for plan in some_plans(problem):
        position = Position(problem, plan)
        for name, meeting in problem.meetings.items():
            for seat in _seats(plan[name], len(meeting.slots)):
                for candidate in candidates_at(position, name, seat):
                    if candidate.planned is not None:
                        found = _difference(problem, plan, candidate.planned)
                        assert candidate.effect == found
                        _assert_loads(problem, plan, candidate)


def _assert_loads(problem: Problem, plan: Plan, candidate: Candidate) -> None:
    assert candidate.planned is not None
    after = Position(problem, {**plan, candidate.planned.meeting: candidate.planned})
    assert candidate.own.after == after.tally.loads[candidate.representative]


@pytest.mark.parametrize("seed", SEEDS)
def test_whoever_cannot_breaks_rules_that_were_named_and_no_other(
    seed: int, tiny_problem: Tiny, some_plans: Plans
) -> None:
    problem = tiny_problem(seed)
    for plan in some_plans(problem):
        position = Position(problem, plan)
        for name, meeting in problem.meetings.items():
            for seat in _seats(plan[name], len(meeting.slots)):
                for candidate in candidates_at(position, name, seat):
                    if not candidate.possible:
                        _assert_named(problem, plan, candidate, name, seat)


def _assert_named(
    problem: Problem, plan: Plan, candidate: Candidate, meeting: str, seat: Seat
) -> None:
    for slot in _asked_slots(problem, plan[meeting], seat):
        named = {refusal.rule for refusal in candidate.refusals if refusal.slot == slot}
        broken = _broken(problem, plan, _naive(plan[meeting], candidate, seat, slot))
        assert named, "refused in each slot"
        assert broken == named


def _broken(problem: Problem, plan: Plan, planned: PlannedMeeting) -> set[HardRule]:
    found = check(problem, {**plan, planned.meeting: planned}).violations
    # Voices are given out anew for who can come; here they stayed as they were.
    broken = {violation.rule for violation in found} - {HardRule.VOICES}
    if planned.attendees == ():
        # Somebody standing by for nobody takes no slot: the judge says so by both rules.
        broken -= {HardRule.SEATS}
    return broken


@pytest.mark.parametrize("seed", SEEDS)
def test_another_slot_for_the_same_people_does_exactly_what_was_said(
    seed: int, tiny_problem: Tiny, some_plans: Plans
) -> None:
    problem = tiny_problem(seed)
    for plan in some_plans(problem):
        position = Position(problem, plan)
        for name in problem.meetings:
            for move in moves(position, name):
                if move.effect is not None:
                    assert move.effect == _difference(problem, plan, move.planned)
                else:
                    named = {refusal.rule for refusal in move.refusals}
                    assert _broken(problem, plan, move.planned) == named


@pytest.mark.parametrize("seed", SEEDS)
def test_a_position_counts_as_the_judge_does_and_puts_changes_right(
    seed: int, tiny_problem: Tiny, some_plans: Plans
) -> None:
    problem = tiny_problem(seed)
    first, second = some_plans(problem)
    position = Position(problem, first)
    assert position.values() == check(problem, first).all_tiers
    for planned in second.values():
        position.put(planned)
    assert position.values() == check(problem, second).all_tiers


def test_candidates_come_best_first_and_those_who_cannot_last(
    tiny_problem: Tiny, some_plans: Plans
) -> None:
    for seed in SEEDS:
        problem = tiny_problem(seed)
        for plan in some_plans(problem):
            for name in problem.meetings:
                found = candidates(problem, plan, name)
                order = [
                    tuple(one.effect[tier] for tier in problem.policy.tiers)
                    for one in found
                    if one.effect is not None
                ]
                assert order == sorted(order)
                assert [one.possible for one in found[: len(order)]] == [True] * len(order)


def test_at_a_full_meeting_a_free_seat_is_nobodys(
    example_problem: Callable[[str], Problem], some_plans: Plans
) -> None:
    problem = example_problem("mandate")
    plan = next(some_plans(problem))
    for name, meeting in problem.meetings.items():
        full = len(plan[name].attendees) == meeting.seats.max
        for candidate in candidates(problem, plan, name):
            found = {refusal.barrier for refusal in candidate.refusals}
            assert (Barrier.FULL in found) == full


@pytest.mark.parametrize("seed", range(60))
def test_no_other_voices_let_more_be_heard(
    seed: int, tiny_problem: Tiny, best_plan: Callable[[Problem], Any]
) -> None:
    problem = tiny_problem(seed)
    plan = best_plan(problem).meetings
    position = Position(problem, plan)
    for name, planned in plan.items():
        if planned.slot is not None:
            seating = position.seating(name, planned.slot, planned.attendees, planned.deputy)
            interested = problem.meetings[name].interested
            assert sum(interested[heard] for heard in seating.voices) >= sum(
                interested[heard] for heard in planned.voices
            )
