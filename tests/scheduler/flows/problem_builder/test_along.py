"""Coming along to learn is work: it counts in every limit and every load, and is no presence."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

import solver
from scheduler.db import tables
from scheduler.domain.access import COORDINATOR
from scheduler.flows.attending.shadow import come_along, stay_away
from scheduler.flows.problem_builder import Question, build_problem
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.policy import read_policy
from solver.check import check
from solver.position import Position
from solver.problem import HardRule, PlannedMeeting

ALONG = "m-1+r-2"
WHO = "r-2"
DAY = date(2027, 3, 11)


@pytest.fixture
def question(session: Session, draft: Callable[..., int], noon: datetime) -> Callable[[], Question]:
    """What the solver is asked, after r-2 came along to the first meeting."""
    plan = draft({"m-1": ["r-1"], "m-2": ["r-1"], "m-3": []})
    publish_plan(session, COORDINATOR, plan, at=noon)
    come_along(session, COORDINATOR, "m-1", WHO, at=noon)

    def ask() -> Question:
        session.flush()
        row = tables.Plan(
            id=99, first_day=date(2027, 1, 1), last_day=date(2027, 12, 31), as_of=noon
        )
        return build_problem(session, row, read_policy())

    return ask


def _broken(question: Question, **attendees: str) -> set[HardRule]:
    """Which rules break where these people attend these meetings beside what is published."""
    planned = dict(question.present)
    for meeting, person in attendees.items():
        name = meeting.replace("_", "-")
        voices = {"mevm": "mevm"}
        planned[name] = PlannedMeeting(
            meeting=name, slot=0, attendees=(person,), deputy=None, voices=voices
        )
    return {each.rule for each in check(question.problem, planned).violations}


def test_it_is_settled_work_with_its_whole_load(question: Callable[[], Question]) -> None:
    asked = question()
    meeting = asked.problem.meetings[ALONG]
    assert ALONG in asked.held
    assert asked.present[ALONG].attendees == (WHO,)
    assert (meeting.interested, meeting.seats.min) == ({}, 0)
    tally = Position(asked.problem, asked.present).tally
    derived = Position(asked.problem, asked.present).derived
    assert dict(tally.loads)[WHO] == derived.load(ALONG, 0, WHO) > 120
    person = asked.problem.representatives[WHO]
    without = dict(asked.present)
    without[ALONG] = replace(asked.present[ALONG], slot=None, attendees=())
    less = dict(Position(asked.problem, without).tally.shared_loads)
    more = dict(tally.shared_loads)
    assert more[person.organisation] - less[person.organisation] == dict(tally.loads)[WHO]


@pytest.mark.parametrize(
    ("limit", "most", "rules"),
    [
        ("max_meetings_per_month", 1, {HardRule.LIMITS}),
        ("max_meetings_per_month", 2, set()),
        ("max_office_hours_meetings_per_month", 1, {HardRule.LIMITS}),
        ("max_office_hours_meetings_per_month", 2, set()),
    ],
)
def test_it_counts_in_the_limits_of_a_month(
    session: Session,
    question: Callable[[], Question],
    limit: str,
    most: int,
    rules: set[HardRule],
) -> None:
    setattr(session.get_one(tables.Representative, WHO), limit, most)
    asked = question()
    assert _broken(asked) == set()
    assert _broken(asked, m_2=WHO) == rules


@pytest.mark.parametrize(("spare", "rules"), [(-1, {HardRule.LIMITS}), (0, set())])
def test_it_counts_in_the_hours_of_a_week(
    session: Session, question: Callable[[], Question], spare: int, rules: set[HardRule]
) -> None:
    slot = session.get_one(tables.Slot, ("m-2", 0))
    slot.starts_at = datetime(2027, 3, 5, 9, tzinfo=UTC)  # the day after, in the same week
    slot.ends_at = slot.starts_at + timedelta(hours=2)
    asked = question()
    derived = Position(asked.problem, asked.present).derived
    both = derived.load(ALONG, 0, WHO) + derived.load("m-2", 0, WHO)
    session.get_one(tables.Representative, WHO).max_minutes_per_week = both + spare
    assert _broken(question(), m_2=WHO) == rules


def test_nobody_is_elsewhere_while_they_come_along(question: Callable[[], Question]) -> None:
    assert HardRule.ONE_PLACE in _broken(question(), m_1=WHO)


def test_who_is_pinned_elsewhere_by_then_has_the_time_taken(
    session: Session, question: Callable[[], Question]
) -> None:
    session.add(tables.Pin(meeting_id="m-1", representative_id=WHO, slot_position=0))
    asked = question()
    assert ALONG not in asked.problem.meetings
    held = asked.problem.meetings["m-1"].slots[0]
    (taken,) = asked.problem.representatives[WHO].busy
    assert taken.start <= held.start < held.end <= taken.end


def test_who_stays_away_after_all_has_no_work_by_it(
    session: Session, question: Callable[[], Question], noon: datetime
) -> None:
    stay_away(session, COORDINATOR, "m-1", WHO, at=noon)
    assert ALONG not in question().problem.meetings


def test_the_planner_keeps_within_a_limit_that_coming_along_used_up(
    session: Session, question: Callable[[], Question]
) -> None:
    """Only r-2 could still speak for both on 11 March, and has had enough that month."""
    for person in ("r-1", "r-3"):
        session.add(tables.Absence(representative_id=person, first_day=DAY, last_day=DAY))
    free = solver.solve(question().problem, time_limit_seconds=20, workers=1)
    assert free.meetings["m-2"].attendees == (WHO,)
    session.get_one(tables.Representative, WHO).max_meetings_per_month = 1
    full = solver.solve(question().problem, time_limit_seconds=20, workers=1)
    assert full.meetings["m-2"].attendees == ()
    assert full.meetings[ALONG].attendees == (WHO,)
