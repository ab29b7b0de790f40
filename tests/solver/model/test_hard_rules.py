from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from solver.derive import Derived
from solver.model import deputy, limits, one_place, pins, seats, voices
from solver.problem import Problem
from solver.variables import Variables

Allows = Callable[..., bool]
Plans = Callable[..., Any]
Problems = Callable[[str], Problem]


def with_seats(problem: Problem, **changes: int) -> Problem:
    """Every meeting with other seats."""
    meetings = {
        name: replace(meeting, seats=replace(meeting.seats, **changes))
        for name, meeting in problem.meetings.items()
    }
    return replace(problem, meetings=meetings)


def test_as_many_attendees_as_seats_may_come(
    allows: Allows, example_problem: Problems, example_plan: Plans
) -> None:
    plan = example_plan("travel", m_1={"attendees": ("r-a", "r-b")})
    assert allows(with_seats(example_problem("travel"), max=2), seats.post, plan)


def test_no_more_attendees_than_seats_may_come(
    allows: Allows, example_problem: Problems, example_plan: Plans
) -> None:
    plan = example_plan("travel", m_1={"attendees": ("r-a", "r-b")})
    assert not allows(example_problem("travel"), seats.post, plan)


def test_a_slot_without_attendees_is_refused(
    allows: Allows, example_problem: Problems, example_plan: Plans
) -> None:
    plan = example_plan("travel", m_1={"attendees": ()})
    assert not allows(example_problem("travel"), seats.post, plan)


def test_a_mandate_holder_may_stand_by(
    allows: Allows, example_problem: Problems, example_plan: Plans
) -> None:
    assert allows(example_problem("deputy"), deputy.post, example_plan("deputy"))


def test_nobody_stands_by_where_nobody_attends(
    allows: Allows, example_problem: Problems, example_plan: Plans
) -> None:
    def post(variables: Variables) -> None:
        seats.post(variables)
        deputy.post(variables)

    plan = example_plan("deputy", m_1={"attendees": (), "voices": {}})
    assert not allows(example_problem("deputy"), post, plan)


def test_an_attendee_is_not_the_deputy(
    allows: Allows, example_problem: Problems, example_plan: Plans
) -> None:
    plan = example_plan("deputy", m_1={"attendees": ("r-c",)})
    assert not allows(example_problem("deputy"), deputy.post, plan)


def test_a_journey_that_just_fits_is_allowed(
    allows: Allows, example_problem: Problems, example_plan: Plans
) -> None:
    assert allows(example_problem("travel"), one_place.post, example_plan("travel"))


def test_a_journey_one_minute_too_long_is_refused(
    allows: Allows, example_problem: Problems, example_plan: Plans
) -> None:
    plan = example_plan("travel", m_2={"attendees": ("r-a",)})
    assert not allows(example_problem("travel"), one_place.post, plan)


def test_a_deputy_cannot_be_elsewhere(
    allows: Allows, example_problem: Problems, example_plan: Plans
) -> None:
    plan = example_plan("deputy", m_1={"deputy": "r-b"})
    assert not allows(example_problem("deputy"), one_place.post, plan)


def test_the_last_allowed_meeting_of_a_month_is_allowed(
    allows: Allows, example_problem: Problems, example_plan: Plans
) -> None:
    assert allows(example_problem("office-hours"), limits.post, example_plan("office-hours"))


def test_a_second_office_hours_meeting_in_a_week_is_refused(
    allows: Allows, example_problem: Problems, example_plan: Plans
) -> None:
    plan = example_plan("office-hours", m_2={"slot": 0, "attendees": ("r-a",)})
    assert not allows(example_problem("office-hours"), limits.post, plan)


def test_pinned_attendances_may_go_over_a_limit(
    allows: Allows, example_problem: Problems, example_plan: Plans
) -> None:
    assert allows(example_problem("pins"), limits.post, example_plan("pins"))


def test_beside_pinned_attendances_over_a_limit_nothing_fits(
    allows: Allows, example_problem: Problems, example_plan: Plans
) -> None:
    problem = example_problem("pins")
    free = replace(problem.representatives["r-a"], availability=None)
    problem = replace(problem, representatives={**problem.representatives, "r-a": free})
    plan = example_plan("pins", m_3={"slot": 0, "attendees": ("r-a",)})
    assert not allows(problem, limits.post, plan)


def test_a_pinned_representative_attends(
    allows: Allows, example_problem: Problems, example_plan: Plans
) -> None:
    assert allows(example_problem("pins"), pins.post, example_plan("pins"))


def test_nobody_takes_a_pinned_place(
    allows: Allows, example_problem: Problems, example_plan: Plans
) -> None:
    plan = example_plan("pins", m_1={"attendees": ("r-b",)})
    assert not allows(example_problem("pins"), pins.post, plan)


def test_a_holder_may_speak_for_a_giver(
    allows: Allows, example_problem: Problems, example_plan: Plans
) -> None:
    assert allows(example_problem("mandate"), voices.post, example_plan("mandate"))


def test_one_attendee_speaks_for_no_more_than_the_policy_says(
    allows: Allows, example_problem: Problems, example_plan: Plans
) -> None:
    spoken = {"mevm": "mevm", "ahwoon": "mevm", "hbvep": "mevm"}
    plan = example_plan("mandate", m_1={"voices": spoken})
    assert not allows(example_problem("mandate"), voices.post, plan)
    problem = example_problem("mandate")
    wider = replace(problem, policy=replace(problem.policy, max_mandates_per_attendee=2))
    assert allows(wider, voices.post, plan)


def test_who_is_not_there_speaks_for_nobody(
    allows: Allows, example_problem: Problems, example_plan: Plans
) -> None:
    plan = example_plan("mandate", m_1={"attendees": ("r-b",), "voices": {"ahwoon": "mevm"}})
    assert not allows(example_problem("mandate"), voices.post, plan)


@pytest.mark.parametrize(
    ("name", "option"),
    [
        ("pins", ("m-3", 0, "r-a")),  # never available
        ("pins", ("m-3", 0, "r-b")),  # banned
        ("pins", ("m-1", 0, "r-x")),  # its organisation has no standing
    ],
)
def test_what_a_commitment_alone_forbids_is_no_decision(
    name: str, option: tuple[str, int, str], example_problem: Problems
) -> None:
    variables = Variables(Derived(example_problem(name)))
    assert option not in variables.attends
    assert option not in variables.stands_by


def test_what_is_pinned_is_a_decision_whoever_it_is(example_problem: Problems) -> None:
    variables = Variables(Derived(example_problem("pins")))
    assert ("m-1", 0, "r-a") in variables.attends
    assert ("m-4", 0, "r-x") in variables.attends
