"""The project's worked examples: every figure and every finding, exactly."""

import pytest

from solver.check import check, false_claims
from solver.format import read_plan, read_problem
from solver.problem import PlannedMeeting

EXAMPLES = (
    "deputy",
    "dst",
    "mandate",
    "office-hours",
    "pins",
    "spread",
    "stability",
    "travel",
)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_plan_keeps_every_rule_and_scores_as_stated(
    name, example_problem, example_score, example_text
):
    problem = example_problem(name)
    plan = read_plan(example_text(f"{name}.plan"), problem)
    judgement = check(problem, plan)
    assert judgement.violations == ()
    assert judgement.all_tiers == example_score(name)["tiers"]
    assert tuple(judgement.tiers) == problem.policy.tiers
    assert false_claims(problem, plan) == ()


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_invalid_example_plan_is_found_out_and_for_nothing_else(
    name, example_problem, example_score
):
    problem = example_problem(name)
    for invalid in example_score(name)["invalid"]:
        found = check(problem, _meetings(invalid["meetings"])).violations
        assert sorted((v.rule, v.meeting or "", v.representative or "") for v in found) == sorted(
            (v["rule"], v["meeting"] or "", v["representative"] or "")
            for v in invalid["violations"]
        )


def test_a_whole_year_of_a_province_can_be_read(example_text):
    problem = read_problem(example_text("drenthe-2027.problem"))
    assert len(problem.meetings) == 403
    assert len(problem.representatives) == 50


def test_a_year_in_which_nobody_comes_breaks_no_rule_but_costs_dearly(example_text):
    problem = read_problem(example_text("drenthe-2027.problem"))
    judgement = check(problem, _meetings([{"meeting": name} for name in problem.meetings]))
    assert judgement.is_valid
    assert judgement.all_tiers["presence"] == sum(
        meeting.weight * meeting.seats.min for meeting in problem.meetings.values()
    )
    assert judgement.all_tiers["workload"] == 0


def _meetings(documents):
    return {
        document["meeting"]: PlannedMeeting(
            meeting=document["meeting"],
            slot=document.get("slot"),
            attendees=tuple(document.get("attendees", ())),
            deputy=document.get("deputy"),
            voices=document.get("voices", {}),
        )
        for document in documents
    }
