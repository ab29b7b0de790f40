import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from solver.check import Violation, check
from solver.derive import Derived
from solver.explain import (
    Gap,
    GapKind,
    MeetingExplanation,
    Opening,
    Operation,
    applied,
    by_meeting,
    by_organisation,
    by_representative,
    differences,
    explain,
    explain_at,
    parts_of_tier,
    patch,
    reasons,
    verified,
)
from solver.explain.gaps import is_closed
from solver.explain.verify import Verifier
from solver.format import read_problem, validated, write_problem
from solver.position import Position
from solver.problem import PlannedMeeting, Problem, Tier
from solver.search.greedy import first_plan
from solver.search.solve import solve

Plan = Mapping[str, PlannedMeeting]
Plans = Callable[[Problem], Iterator[Plan]]
Tiny = Callable[[int], Problem]


@pytest.fixture(scope="module")
def year(example_text: Callable[[str], str]) -> Problem:
    return read_problem(example_text("drenthe-2027.problem"))


@pytest.fixture(scope="module")
def year_plan(year: Problem) -> Plan:
    return first_plan(Derived(year))


@pytest.fixture(scope="module")
def year_position(year: Problem, year_plan: Plan) -> Position:
    return Position(year, year_plan)


def _all(problem: Problem, plan: Plan) -> Iterator[tuple[Position, MeetingExplanation]]:
    position = Position(problem, plan)
    for name in problem.meetings:
        yield position, explain_at(position, name)


@pytest.mark.parametrize("seed", range(80))
def test_the_pieces_of_a_tier_add_up_to_its_value(
    seed: int, tiny_problem: Tiny, some_plans: Plans
) -> None:
    problem = tiny_problem(seed)
    for plan in some_plans(problem):
        position = Position(problem, plan)
        values = check(problem, plan).all_tiers
        for tier in Tier:
            assert sum(part.value for part in parts_of_tier(position, tier)) == values[tier]


def test_the_pieces_of_a_year_add_up_and_name_what_they_belong_to(
    year: Problem, year_plan: Plan, year_position: Position
) -> None:
    values = check(year, year_plan).all_tiers
    assert year_position.values() == values
    unheard = parts_of_tier(year_position, Tier.VOICE)
    assert sum(by_meeting(unheard).values()) == values[Tier.VOICE]
    assert sum(by_organisation(unheard).values()) == values[Tier.VOICE]
    load = parts_of_tier(year_position, Tier.WORKLOAD)
    people, organisations = by_representative(load), by_organisation(load)
    assert sum(people.values()) + sum(organisations.values()) == values[Tier.WORKLOAD]


@pytest.mark.parametrize("seed", range(40))
def test_a_rival_is_decided_on_the_first_tier_that_differs(
    seed: int, tiny_problem: Tiny, some_plans: Plans
) -> None:
    problem = tiny_problem(seed)
    for plan in some_plans(problem):
        for _, found in _all(problem, plan):
            for why in found.why:
                for rival in why.rivals:
                    assert rival.candidate.effect is not None
                    effect = rival.candidate.effect
                    differing = [tier for tier in problem.policy.tiers if effect[tier] != 0]
                    assert rival.decided_on == (differing[0] if differing else None)
                    assert rival.wins == bool(differing and effect[differing[0]] < 0)


@pytest.mark.parametrize("seed", range(20))
def test_in_the_best_plan_no_other_person_would_have_been_better(
    seed: int, tiny_problem: Tiny, best_plan: Callable[[Problem], Any]
) -> None:
    problem = tiny_problem(seed)
    for _, found in _all(problem, best_plan(problem).meetings):
        assert not any(rival.wins for why in found.why for rival in why.rivals)


@pytest.mark.parametrize("seed", range(25))
def test_every_change_that_was_verified_closes_its_gap(
    seed: int, tiny_problem: Tiny, best_plan: Callable[[Problem], Any]
) -> None:
    problem = tiny_problem(seed)
    plan = best_plan(problem).meetings
    for position, found in _all(problem, plan):
        for one in verified(position, found).gaps:
            for opening in one.openings:
                assert opening.verified
                changed = validated(applied(problem, opening.changes))
                _assert_closed(problem, changed, plan, one.gap.kind)


def _assert_smallest(position: Position, gap: Gap, opening: Opening) -> None:
    for change in opening.changes:
        others = tuple(other for other in opening.changes if other != change)
        assert not Verifier(position).closes(gap, others)


def _assert_closed(problem: Problem, changed: Problem, plan: Plan, kind: GapKind) -> None:
    """Solving all of it again, for what the gap costs, now reaches less than the plan does."""
    tier = kind.tier
    asked = replace(changed, policy=replace(changed.policy, tiers=(tier,)))
    before = check(problem, plan).all_tiers[tier]
    again = solve(asked, time_limit_seconds=20)
    assert again.tiers[0].value < before


def test_the_smallest_changes_come_first_and_none_holds_another(year_position: Position) -> None:
    for name in list(year_position.problem.meetings)[::12]:
        for one in explain_at(year_position, name).gaps:
            sets = [frozenset(opening.changes) for opening in one.openings]
            assert [len(each) for each in sets] == sorted(len(each) for each in sets)
            assert not any(a < b for a in sets for b in sets)


def test_what_nobody_looked_at_is_not_called_verified(
    year_position: Position,
) -> None:
    found = explain_at(year_position, _with_a_gap(year_position))
    unlooked = verified(year_position, found, lambda: False)
    assert unlooked == found
    assert not any(opening.verified for one in unlooked.gaps for opening in one.openings)


def test_a_year_s_gap_is_opened_by_changes_that_hold(year_position: Position) -> None:
    found = explain_at(year_position, _with_a_gap(year_position))
    openings = [opening for one in verified(year_position, found).gaps for opening in one.openings]
    assert openings
    assert all(opening.verified for opening in openings)


def _with_a_gap(position: Position) -> str:
    return next(
        name
        for name in position.problem.meetings
        if any(one.gap.kind is GapKind.VOICE for one in explain_at(position, name).gaps)
    )


def test_explaining_is_of_one_meeting_of_the_plan(year: Problem, year_plan: Plan) -> None:
    name = next(iter(year.meetings))
    found = explain(year, year_plan, name)
    assert [why.representative for why in found.why] == list(year_plan[name].attendees)
    attendees = set(year_plan[name].attendees)
    others = {candidate.representative for candidate in found.candidates}
    assert others == set(year.representatives) - attendees


def test_nobody_without_standing_is_unfolded(year_position: Position) -> None:
    problem = year_position.problem
    for name in list(problem.meetings)[::40]:
        standing = {
            one
            for slot in range(len(problem.meetings[name].slots))
            for one in year_position.derived.standing(name, slot)
        }
        for candidate in explain_at(year_position, name).candidates:
            organisation = problem.representatives[candidate.representative].organisation
            if candidate.has_standing:
                assert organisation in standing


def test_no_sentence_names_a_tier_by_its_code(year_position: Position) -> None:
    for name in list(year_position.problem.meetings)[::20]:
        found = explain_at(year_position, name)
        sentences = [sentence for why in found.why for sentence in why.reasons]
        sentences += [s for one in found.candidates for s in reasons(year_position, one)]
        for sentence in sentences:
            assert not any(f"{tier}:" in sentence.nl for tier in Tier)
            assert "{" not in sentence.nl + sentence.en


@pytest.mark.parametrize("seed", range(30))
def test_a_patch_makes_the_same_problem_from_its_document(
    seed: int, tiny_problem: Tiny, some_plans: Plans
) -> None:
    problem = tiny_problem(seed)
    for plan in some_plans(problem):
        for _, found in _all(problem, plan):
            for one in found.gaps:
                for opening in one.openings:
                    document = json.loads(write_problem(problem))
                    _patch(document, patch(problem, opening.changes))
                    changed = read_problem(json.dumps(document))
                    assert changed == applied(problem, opening.changes)


def _patch(document: dict[str, Any], steps: tuple[Operation, ...]) -> None:
    for step in steps:
        *path, last = step.path.strip("/").split("/")
        target: Any = document
        for key in path:
            target = target[key]
        if step.op == "remove":
            del target[int(last)]
        elif last == "-":
            target.append(step.value)
        else:
            target[int(last) if isinstance(target, list) else last] = step.value


def test_who_has_no_rival_is_told_that_nobody_else_could_come(
    year_position: Position, example_problem: Callable[[str], Problem], some_plans: Plans
) -> None:
    problem = example_problem("travel")
    alone = replace(
        problem, representatives={"r-a": problem.representatives["r-a"]}, pins=(), bans=()
    )
    told = [found for _, found in _all(alone, next(some_plans(alone)))]
    reasons_told = [sentence.en for found in told for why in found.why for sentence in why.reasons]
    assert any("Nobody else could come instead of" in sentence for sentence in reasons_told)
    for name in list(year_position.problem.meetings)[::40]:
        for why in explain_at(year_position, name).why:
            assert (why.nobody_else is None) == bool(why.rivals)


@pytest.mark.parametrize("seed", range(20))
def test_a_rival_s_sentence_tells_every_tier_that_would_differ_in_order(
    seed: int, tiny_problem: Tiny, some_plans: Plans
) -> None:
    problem = tiny_problem(seed)
    for plan in some_plans(problem):
        for _, found in _all(problem, plan):
            for why in found.why:
                for rival in why.rivals:
                    assert rival.candidate.effect is not None
                    told = [each.en for each in differences(problem, rival.candidate.effect)]
                    places = [rival.sentence.en.find(each) for each in told]
                    assert -1 not in places
                    assert places == sorted(places)


@pytest.mark.parametrize("seed", range(4))
def test_what_closes_a_gap_is_proven_on_a_plan_that_breaks_rules_elsewhere_too(
    seed: int, tiny_problem: Tiny, best_plan: Callable[[Problem], Any]
) -> None:
    problem = tiny_problem(seed)
    whole = best_plan(problem).meetings
    for broken in whole:
        plan = {**whole, broken: _in_everybodys_way(problem, whole[broken])}
        known = set(check(problem, plan).violations)
        for position, found in _all(problem, plan):
            if found.meeting == broken or not known:
                continue
            for one in verified(position, found).gaps:
                for opening in one.openings:
                    _assert_closes_and_breaks_nothing_more(position, one.gap, opening, known)


def test_openings_are_found_beside_a_broken_meeting(year: Problem, year_plan: Plan) -> None:
    name = _with_a_gap(Position(year, year_plan))
    other = next(each for each, one in year_plan.items() if each != name and one.attendees)
    broken = {**year_plan, other: _in_everybodys_way(year, year_plan[other])}
    assert check(year, broken).violations
    position = Position(year, broken)
    opened = [
        one for gap in verified(position, explain_at(position, name)).gaps for one in gap.openings
    ]
    assert any(opening.verified for opening in opened)


def _in_everybodys_way(problem: Problem, planned: PlannedMeeting) -> PlannedMeeting:
    """Everybody sent to one meeting, whatever they are and wherever else they should be."""
    people = tuple(problem.representatives)
    return replace(planned, slot=0, attendees=people, deputy=None, voices={})


def _assert_closes_and_breaks_nothing_more(
    position: Position, gap: Gap, opening: Opening, known: set[Violation]
) -> None:
    assert opening.verified
    changed = applied(position.problem, opening.changes)
    answer = Verifier(position).answer(gap, changed)
    assert is_closed(changed, answer, gap)
    after = check(changed, {**position.planned, gap.meeting: answer}).violations
    assert known.issuperset(after)
