"""A year out of the one before: the same weekday and time, nothing double, and nothing closed."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import BadInput, NotAllowed, NothingToDo
from scheduler.domain.terms import ClosedKind, MeetingState, PlanMode, Role
from scheduler.flows.planning.rebalance import Rebalance, queue_rebalance
from scheduler.flows.problem_builder import build_problem
from scheduler.flows.yearly_cycle import (
    BadYear,
    Chosen,
    Obstacle,
    YearProposal,
    propose_year,
    set_ready,
    years_to_come,
)
from scheduler.flows.yearly_cycle.rhythm import Calendar, land, same_day_next_year
from scheduler.policy import read_policy

POLICY = read_policy()
DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2040, 12, 31))


@pytest.fixture
def proposal(session: Session) -> Callable[[], YearProposal]:
    return lambda: propose_year(session, COORDINATOR, 2028, POLICY)


def close(session: Session, kind: ClosedKind, first: date, last: date) -> None:
    session.add(
        tables.ClosedPeriod(
            id=f"c-{first}", name="Dicht", kind=kind, first_day=first, last_day=last
        )
    )
    session.flush()


def as_proposed(proposal: YearProposal) -> list[Chosen]:
    return [
        Chosen(each.meeting_id, each.landing.day.isoformat(), "10:00") for each in proposal.open
    ]


def made(session: Session) -> list[tables.Meeting]:
    query = select(tables.Meeting).where(tables.Meeting.repeats_id.is_not(None))
    return sorted(session.exec(query), key=lambda each: each.repeats_id)


@given(day=DAYS)
def test_the_same_weekday_falls_in_the_next_year(day: date) -> None:
    following = same_day_next_year(day)
    assert (following.weekday(), following.year) == (day.weekday(), day.year + 1)


@given(
    day=st.dates(min_value=date(2028, 1, 1), max_value=date(2028, 12, 31)),
    closed=st.frozensets(st.dates(date(2028, 1, 1), date(2028, 12, 31)), max_size=60),
    holidays=st.frozensets(st.dates(date(2028, 1, 1), date(2028, 12, 31)), max_size=60),
)
def test_a_meeting_lands_on_its_weekday_in_its_year_and_says_what_it_couldnt_avoid(
    day: date, closed: frozenset[date], holidays: frozenset[date]
) -> None:
    landing = land(day, Calendar(year=2028, closed=closed, holidays=holidays))
    assert landing.day.weekday() == day.weekday()
    assert landing.day.year == 2028
    in_the_way = Obstacle.CLOSED if landing.day in closed else None
    holiday = Obstacle.SCHOOL_HOLIDAY if landing.day in holidays else None
    assert landing.left == (in_the_way or holiday)
    assert (landing.avoided is not None) == (landing.day != day)


def test_last_years_tables_are_proposed_on_the_same_weekday_and_time(
    proposal: Callable[[], YearProposal],
) -> None:
    ((name, those),) = proposal().tables
    assert name == "Prestatieafspraken Assen"
    assert [(each.starts_at, each.ends_at - each.starts_at) for each in those] == [
        (datetime(2028, 3, day, 9, tzinfo=UTC), timedelta(hours=2)) for day in (2, 9, 16)
    ]


def test_closed_days_and_holidays_are_avoided_and_said(
    session: Session, proposal: Callable[[], YearProposal]
) -> None:
    close(session, ClosedKind.CLOSED, date(2028, 3, 2), date(2028, 3, 2))
    close(session, ClosedKind.SCHOOL_HOLIDAY, date(2028, 3, 11), date(2028, 3, 26))
    first, second, third = proposal().proposals
    assert (first.landing.day, first.landing.avoided) == (date(2028, 3, 9), Obstacle.CLOSED)
    # The table meets on the 9th by now, and what is near is a holiday.
    assert (second.landing.day, second.landing.avoided) == (
        date(2028, 2, 24),
        Obstacle.SAME_TABLE,
    )
    assert (third.landing.day, third.landing.avoided) == (
        date(2028, 3, 30),
        Obstacle.SCHOOL_HOLIDAY,
    )


def test_a_day_that_can_hardly_be_avoided_is_marked() -> None:
    year = frozenset(date(2028, 1, 1) + timedelta(days=each) for each in range(366))
    nothing: frozenset[date] = frozenset()
    holiday = land(date(2028, 3, 2), Calendar(year=2028, closed=nothing, holidays=year))
    closed = land(date(2028, 3, 2), Calendar(year=2028, closed=year, holidays=nothing))
    assert (holiday.day, holiday.left) == (date(2028, 3, 2), Obstacle.SCHOOL_HOLIDAY)
    assert (closed.day, closed.left) == (date(2028, 3, 2), Obstacle.CLOSED)


def test_the_corrected_list_becomes_meetings_like_those_before(
    session: Session, proposal: Callable[[], YearProposal], noon: datetime
) -> None:
    session.get_one(tables.Meeting, "m-1").title = "Terugblik 2027"
    session.get_one(tables.Organisation, "samensterk").last_day = date(2028, 1, 1)
    chosen = [Chosen("m-1", "3-3-2028", "19:30")]
    assert set_ready(session, COORDINATOR, 2028, chosen, POLICY, at=noon) == 1
    (meeting,) = made(session)
    slot = session.get_one(tables.Slot, (meeting.id, 0))
    interests = session.exec(
        select(tables.Interest.organisation_id).where(tables.Interest.meeting_id == meeting.id)
    ).all()
    assert (meeting.title, meeting.table_id, meeting.seats_max, meeting.state) == (
        "Terugblik 2028",
        "pa-assen",
        2,
        MeetingState.PLANNED,
    )
    assert meeting.uid != session.get_one(tables.Meeting, "m-1").uid
    assert (slot.starts_at, slot.ends_at) == (
        datetime(2028, 3, 3, 18, 30, tzinfo=UTC),
        datetime(2028, 3, 3, 20, 30, tzinfo=UTC),
    )
    assert interests == ["mevm"]


def test_doing_it_twice_makes_nothing_double(
    session: Session, proposal: Callable[[], YearProposal], noon: datetime
) -> None:
    chosen = as_proposed(proposal())
    assert set_ready(session, COORDINATOR, 2028, chosen, POLICY, at=noon) == 3
    assert set_ready(session, COORDINATOR, 2028, chosen, POLICY, at=noon) == 0
    assert [each.repeats_id for each in made(session)] == ["m-1", "m-2", "m-3"]
    again = proposal()
    assert (again.open, len(again.proposals)) == ((), 3)
    assert {act.act for act in session.exec(select(tables.Audit))} == {"set ready"}


def test_called_off_single_and_ended_ones_arent_repeated(
    session: Session, proposal: Callable[[], YearProposal]
) -> None:
    session.get_one(tables.Meeting, "m-1").state = MeetingState.CANCELLED
    session.get_one(tables.Meeting, "m-2").table_id = None
    session.flush()
    assert [each.meeting_id for each in proposal().proposals] == ["m-3"]
    session.get_one(tables.Table, "pa-assen").last_day = date(2028, 3, 1)
    session.flush()
    assert proposal().proposals == ()
    session.get_one(tables.Table, "pa-assen").last_day = date(2027, 12, 31)
    session.flush()
    assert proposal().ended == ("Prestatieafspraken Assen",)


@pytest.mark.parametrize(
    ("day", "start"),
    [("2027-03-04", "10:00"), ("31-4-2028", "10:00"), ("2028-03-04", "half tien"), ("", "")],
)
def test_days_and_times_that_cant_be_used_are_told_and_nothing_is_made(
    session: Session, noon: datetime, day: str, start: str
) -> None:
    chosen = [Chosen("m-1", day, start), Chosen("m-2", "2028-03-09", "10:00")]
    with pytest.raises(BadYear) as refusal:
        set_ready(session, COORDINATOR, 2028, chosen, POLICY, at=noon)
    assert list(refusal.value.faults) == ["m-1"]
    assert made(session) == []


def test_a_year_that_is_past_isnt_set_ready(session: Session) -> None:
    chosen = [Chosen("m-1", "2028-03-02", "10:00")]
    later = datetime(2029, 1, 1, tzinfo=UTC)
    with pytest.raises(BadYear):
        set_ready(session, COORDINATOR, 2028, chosen, POLICY, at=later)


def test_choosing_nothing_is_told(session: Session, noon: datetime) -> None:
    with pytest.raises(BadInput):
        set_ready(session, COORDINATOR, 2028, [], POLICY, at=noon)


def test_the_years_that_can_be_set_ready_follow_the_last_with_meetings(
    session: Session, noon: datetime
) -> None:
    assert years_to_come(session, COORDINATOR, today=noon.date()) == (2028,)
    assert years_to_come(session, COORDINATOR, today=date(2026, 11, 1)) == (2027, 2028)


def test_only_who_plans_for_all_sets_a_year_ready(session: Session, noon: datetime) -> None:
    somebody = Actor(Role.REPRESENTATIVE, "r-1")
    with pytest.raises(NotAllowed):
        propose_year(session, somebody, 2028, POLICY)
    with pytest.raises(NotAllowed):
        set_ready(session, somebody, 2028, [Chosen("m-1", "", "")], POLICY, at=noon)


def test_a_year_that_was_set_ready_can_be_planned(province: Database, now: datetime) -> None:
    chosen = [Chosen("m-vries", "2028-03-22", "19:30")]
    wish = Rebalance(mode=PlanMode.REPAIR, first_day=date(2028, 1, 1), last_day=date(2028, 12, 31))
    with province.session() as session:
        with pytest.raises(NothingToDo):
            queue_rebalance(session, COORDINATOR, wish, at=now)
        set_ready(session, COORDINATOR, 2028, chosen, POLICY, at=now)
        (meeting,) = made(session)
        plan = session.get_one(tables.Plan, queue_rebalance(session, COORDINATOR, wish, at=now))
        question = build_problem(session, plan, POLICY)
    assert meeting.id in question.problem.meetings
    assert meeting.id not in question.held
    assert "m-vries" in question.held
