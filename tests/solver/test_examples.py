"""The project's worked examples: every figure and every finding, exactly."""

from collections.abc import Callable
from typing import Any

from solver.check import check, false_claims
from solver.format import read_plan, read_problem
from solver.problem import PlannedMeeting, Problem, Tier


def test_the_example_plan_keeps_every_rule_and_scores_as_stated(
    example: str,
    example_problem: Callable[[str], Problem],
    example_score: Callable[[str], dict[str, Any]],
    example_text: Callable[[str], str],
) -> None:
    problem = example_problem(example)
    plan = read_plan(example_text(f"{example}.plan"), problem)
    judgement = check(problem, plan)
    assert judgement.is_valid
    assert judgement.all_tiers == example_score(example)["tiers"]
    assert tuple(judgement.tiers) == problem.policy.tiers
    assert false_claims(problem, plan) == ()


def test_every_invalid_example_plan_is_found_out_and_for_nothing_else(
    example: str,
    example_problem: Callable[[str], Problem],
    example_score: Callable[[str], dict[str, Any]],
) -> None:
    problem = example_problem(example)
    for invalid in example_score(example)["invalid"]:
        judgement = check(problem, _meetings(invalid["meetings"]))
        assert not judgement.is_valid
        found = judgement.violations
        assert sorted((v.rule, v.meeting or "", v.representative or "") for v in found) == sorted(
            (v["rule"], v["meeting"] or "", v["representative"] or "")
            for v in invalid["violations"]
        )


def test_a_whole_year_of_a_province_can_be_read(example_text: Callable[[str], str]) -> None:
    problem = read_problem(example_text("drenthe-2027.problem"))
    assert len(problem.meetings) == 403
    assert len(problem.representatives) == 50


def test_the_pinned_and_nobody_else_are_a_plan_for_that_year(
    example_text: Callable[[str], str],
) -> None:
    problem = read_problem(example_text("drenthe-2027.problem"))
    judgement = check(problem, _only_the_pinned(problem))
    assert judgement.violations == ()
    assert judgement.all_tiers[Tier.PRESENCE] == sum(
        meeting.weight * meeting.seats.min for meeting in problem.meetings.values()
    ) - sum(problem.meetings[pin.meeting].weight for pin in problem.pins)


def _only_the_pinned(problem: Problem) -> dict[str, PlannedMeeting]:
    slots = {pin.meeting: pin.slot or 0 for pin in problem.pins}
    return {name: _pinned_at(problem, name, slots.get(name)) for name in problem.meetings}


def _pinned_at(problem: Problem, meeting: str, slot: int | None) -> PlannedMeeting:
    people = tuple(pin.representative for pin in problem.pins if pin.meeting == meeting)
    attending = {problem.representatives[name].organisation for name in people}
    heard = attending & problem.meetings[meeting].interested.keys()
    return PlannedMeeting(
        meeting=meeting,
        slot=slot,
        attendees=people,
        deputy=None,
        voices={organisation: organisation for organisation in heard},
    )


def _meetings(documents: list[dict[str, Any]]) -> dict[str, PlannedMeeting]:
    return {
        document["meeting"]: PlannedMeeting(
            **{**document, "attendees": tuple(document["attendees"])}
        )
        for document in documents
    }
