"""Helpers, trials and pairs, as the solver hears them."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from sqlmodel import Session

from scheduler.db import tables
from scheduler.domain.terms import Bond
from scheduler.domain.times import local_midnight
from scheduler.flows.problem_builder import Question, build_problem
from scheduler.flows.problem_builder.people import AS, representatives
from scheduler.policy import read_policy
from solver.check import check
from solver.problem import Ban, Experience, Horizon, PlannedMeeting, Span

Draft = Callable[..., int]
YEAR = Horizon(date(2027, 1, 1), date(2027, 12, 31))


def question(session: Session, draft: Draft) -> Question:
    session.flush()
    return build_problem(session, session.get_one(tables.Plan, draft({})), read_policy())


def rules(found: Question, *people: str) -> list[str]:
    """Which rules it breaks that these go to the first meeting."""
    planned = {
        name: PlannedMeeting(
            meeting=name,
            slot=0 if name == "m-1" else None,
            attendees=people if name == "m-1" else (),
            deputy=None,
            voices={"mevm": "mevm"} if name == "m-1" else {},
        )
        for name in found.problem.meetings
    }
    return [each.rule.value for each in check(found.problem, planned).violations]


def test_a_helper_goes_for_own_topics_alone(session: Session, draft: Draft) -> None:
    helper = session.get_one(tables.Representative, "r-1")
    helper.only_topics = ["prestatieafspraken"]
    assert rules(question(session, draft), "r-1") == []
    helper.only_topics = ["woonvisie"]
    found = question(session, draft)
    assert rules(found, "r-1") == ["bans"]
    assert found.barred["m-1", "r-1"].en == "Goes for own topics only."


def test_a_helper_is_taken_until_the_first_day(session: Session) -> None:
    session.get_one(tables.Representative, "r-1").first_day = date(2027, 4, 1)
    session.flush()
    before = Span(local_midnight(date(2027, 1, 1)), local_midnight(date(2027, 4, 1)))
    assert representatives(session, YEAR)["r-1"].busy == (before,)


def test_who_begins_after_the_horizon_is_taken_throughout(session: Session) -> None:
    session.get_one(tables.Representative, "r-1").first_day = date(2028, 4, 1)
    session.flush()
    whole = Span(local_midnight(date(2027, 1, 1)), local_midnight(date(2028, 1, 1)))
    assert representatives(session, YEAR)["r-1"].busy == (whole,)


def test_the_coordinators_pin_outranks_a_task(session: Session, draft: Draft) -> None:
    session.get_one(tables.Representative, "r-1").only_topics = []
    session.add(tables.Pin(meeting_id="m-1", representative_id="r-1"))
    found = question(session, draft)
    assert rules(found, "r-1") == []
    assert Ban(meeting="m-2", representative="r-1") in found.problem.bans


def _tried(session: Session, last_day: date) -> None:
    person = session.get_one(tables.Representative, "r-1")
    person.trial_first_day, person.trial_last_day = date(2027, 1, 1), last_day


def test_who_is_on_trial_is_new_and_doesnt_sit_alone(session: Session, draft: Draft) -> None:
    _tried(session, date(2027, 3, 4))
    session.get_one(tables.Meeting, "m-1").seats_max = 1
    session.get_one(tables.Meeting, "m-2").seats_max = 1
    found = question(session, draft)
    assert found.problem.representatives["r-1"].experience is Experience.NEW
    assert rules(found, "r-1") == ["bans"]
    assert set(found.barred) == {("m-1", "r-1")}  # m-2 is a week later, when the trial is over


def test_where_somebody_can_sit_beside_a_trial_bars_nobody(session: Session, draft: Draft) -> None:
    _tried(session, date(2027, 12, 31))
    assert rules(question(session, draft), "r-1", "r-2") == []


def test_after_the_trial_somebody_is_what_they_were(session: Session) -> None:
    _tried(session, date(2027, 3, 4))
    session.flush()
    after = representatives(session, YEAR, today=date(2027, 3, 5))["r-1"]
    assert after.experience is Experience.EXPERIENCED


def test_a_pair_is_asked_for_as_two_expertises(session: Session, draft: Draft) -> None:
    session.get_one(tables.Table, "pa-assen").pair_wanted = True
    session.get_one(tables.Meeting, "m-1").seats_max = 1
    session.get_one(tables.Representative, "r-2").bond = Bond.PROFESSIONAL
    problem = question(session, draft).problem
    assert problem.meetings["m-1"].expertise == set(AS.values())
    assert problem.meetings["m-1"].seats.max == 2
    assert problem.representatives["r-1"].expertise == {AS[Bond.VOLUNTEER]}
    assert problem.representatives["r-2"].expertise == {AS[Bond.PROFESSIONAL]}


def test_without_such_a_table_nobody_brings_it(session: Session, draft: Draft) -> None:
    problem = question(session, draft).problem
    assert problem.meetings["m-1"].expertise == set()
    assert all(not each.expertise for each in problem.representatives.values())


def test_what_has_been_held_stays_as_it_was(session: Session, draft: Draft) -> None:
    plan = session.get_one(tables.Plan, draft({}))
    plan.as_of = datetime(2027, 3, 5, tzinfo=UTC)
    session.get_one(tables.Representative, "r-1").only_topics = []
    session.flush()
    found = build_problem(session, plan, read_policy())
    assert {meeting for meeting, _ in found.barred} == {"m-2", "m-3"}
