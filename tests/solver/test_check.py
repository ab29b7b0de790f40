import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from solver.check import check, false_claims
from solver.errors import BadDocument
from solver.format import digest_of, read_plan
from solver.plan import Plan, TierScore
from solver.problem import HardRule, PlannedMeeting, Problem, Tier
from solver.rules import HARD, RULES, SOFT


def test_every_rule_is_listed_once_hard_to_soft() -> None:
    assert [rule.name for rule in HARD] == list(HardRule)
    assert [rule.name for rule in SOFT] == list(Tier)
    assert (*HARD, *SOFT) == RULES
    assert [rule.place for rule in RULES[:2]] == ["4, seats", "4, standing"]
    assert SOFT[0].place == "5, presence"


def test_judging_needs_no_optimiser() -> None:
    code = "import solver.check, sys; print(any(m.startswith('ortools') for m in sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"


@pytest.fixture
def travel(
    example_problem: Callable[[str], Problem], example_text: Callable[[str], str]
) -> tuple[Problem, Plan]:
    problem = example_problem("travel")
    return problem, read_plan(example_text("travel.plan"), problem)


def _planned(name: str, **changes: Any) -> PlannedMeeting:
    nobody = PlannedMeeting(meeting=name, slot=None, attendees=(), deputy=None, voices={})
    return replace(nobody, **changes)


@pytest.mark.parametrize(
    ("entry", "path"),
    [
        (_planned("m-1", attendees=("r-unknown",)), "meetings.m-1"),
        (_planned("m-1", deputy="r-unknown"), "meetings.m-1"),
        (_planned("m-1", voices={"o-unknown": "mevm"}), "meetings.m-1"),
        (_planned("m-1", voices={"mevm": "o-unknown"}), "meetings.m-1"),
        (_planned("m-unknown"), "meetings.m-unknown"),
    ],
)
def test_what_names_a_stranger_is_no_plan(
    travel: tuple[Problem, Plan], entry: PlannedMeeting, path: str
) -> None:
    problem, plan = travel
    with pytest.raises(BadDocument) as refused:
        check(problem, {**plan.meetings, entry.meeting: entry})
    assert [fault.path for fault in refused.value.faults] == [path]


def test_what_leaves_a_meeting_out_is_no_plan(travel: tuple[Problem, Plan]) -> None:
    problem, plan = travel
    kept = {name: entry for name, entry in plan.meetings.items() if name != "m-2"}
    with pytest.raises(BadDocument, match="expected meeting m-2 too"):
        check(problem, kept)


def test_a_meeting_stands_under_its_own_id(travel: tuple[Problem, Plan]) -> None:
    problem, plan = travel
    swapped = {**plan.meetings, "m-1": plan.meetings["m-2"]}
    with pytest.raises(BadDocument, match="under its own id"):
        check(problem, swapped)


def _claiming(plan: Plan, tier: Tier, **changes: Any) -> Plan:
    scores = (replace(s, **changes) if s.tier is tier else s for s in plan.tiers)
    return replace(plan, tiers=tuple(scores))


class TestClaims:
    def test_a_true_account_is_believed(self, travel: tuple[Problem, Plan]) -> None:
        assert false_claims(*travel) == ()

    def test_a_value_that_is_not_the_plans_is_found_out(self, travel: tuple[Problem, Plan]) -> None:
        problem, plan = travel
        (fault,) = false_claims(problem, _claiming(plan, Tier.WORKLOAD, value=350, bound=0))
        assert (fault.path, fault.message) == ("tiers[5].value", "expected 649, found 350")

    def test_a_bound_above_the_value_is_found_out(self, travel: tuple[Problem, Plan]) -> None:
        problem, plan = travel
        (fault,) = false_claims(problem, _claiming(plan, Tier.COMFORT, bound=99))
        assert (fault.path, fault.message) == ("tiers[7].bound", "expected at most 98, found 99")
        assert false_claims(problem, _claiming(plan, Tier.COMFORT, bound=None)) == ()

    def test_a_plan_for_another_document_is_found_out(self, travel: tuple[Problem, Plan]) -> None:
        problem, plan = travel
        (fault,) = false_claims(problem, replace(plan, problem="0" * 64))
        assert fault.path == "problem"

    def test_other_tiers_than_the_policys_are_found_out(self, travel: tuple[Problem, Plan]) -> None:
        problem, plan = travel
        swapped = replace(plan, tiers=(plan.tiers[1], plan.tiers[0], *plan.tiers[2:]))
        (fault,) = false_claims(problem, swapped)
        assert fault.path == "tiers"

    def test_a_supposition_is_another_problem_than_the_document(
        self, travel: tuple[Problem, Plan]
    ) -> None:
        problem, plan = travel
        supposed = replace(problem, name="supposed")
        assert supposed.digest == ""
        (fault,) = false_claims(supposed, plan)
        assert digest_of(supposed) in fault.message


def test_proven_is_a_bound_that_is_reached() -> None:
    assert TierScore(tier=Tier.VOICE, value=3, bound=3).proven
    assert not TierScore(tier=Tier.VOICE, value=3, bound=2).proven
    assert not TierScore(tier=Tier.VOICE, value=0, bound=None).proven
