"""Record, planner and checker always say the same about who may speak for whom."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, delete, select

from scheduler.db import tables
from scheduler.db.published import published_meetings
from scheduler.db.views import MeetingFilter, MeetingView
from scheduler.domain.access import COORDINATOR
from scheduler.domain.terms import Level, MandateState, Participation, Role
from scheduler.domain.times import local
from scheduler.flows.mandates.at_meetings import mandates_at_meetings
from scheduler.flows.problem_builder import Question, build_problem
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.flows.voices import voices
from scheduler.policy import read_policy
from solver.check import check
from solver.derive.mandates import MandateBook
from solver.problem import PlannedMeeting

Draft = Callable[..., int]
Allowed = tuple[str, datetime, str, str]
"""At a meeting, at one of its times, the giver lets the holder speak."""

ORGANISATIONS = ("mevm", "samensterk", "sbde")
AS_OF = datetime(2027, 3, 8, 12, tzinfo=UTC)  # m-1 has been held, m-2 and m-3 are still to come
days = st.dates(date(2027, 3, 1), date(2027, 3, 24))
topics = st.sampled_from(["prestatieafspraken", "woonvisie"])
levels = st.sampled_from([each.value for each in Level])
SPOKEN = {name: {"mevm": "mevm", "samensterk": "mevm", "sbde": "mevm"} for name in ("m-1", "m-2")}

mandates = st.fixed_dictionaries(
    {
        "parties": st.permutations(ORGANISATIONS),
        "towns": st.none() | st.sets(st.sampled_from(["GM0106", "GM0114"])),
        "topics": st.none() | st.lists(topics, unique=True),
        "levels": st.none() | st.lists(levels, unique=True),
        "days": st.tuples(days, days).map(sorted),
        "stops_on": st.none() | days,
        "state": st.sampled_from([MandateState.AGREED] * 4 + list(MandateState)),
    }
)
choices = st.fixed_dictionaries(
    {
        "organisation_id": st.sampled_from(ORGANISATIONS),
        "subject": st.one_of(
            st.just({"table_id": "pa-assen"}),
            topics.map(lambda topic: {"topic": topic}),
            st.sampled_from(Level).map(lambda level: {"level": level}),
        ),
        "choice": st.sampled_from([Participation.SELF] * 3 + [Participation.REPRESENTED]),
        "first_day": days,
        "lasts": st.none() | st.integers(0, 20),
        "hour": st.integers(0, 23),
    }
)
meetings = st.fixed_dictionaries(
    {
        "topics": st.lists(topics, unique=True),
        "place": st.sampled_from(
            [
                (Level.MUNICIPALITY, "GM0106", None),
                (Level.MUNICIPALITY, "GM0114", None),
                (Level.PROVINCE, None, None),
                (Level.CORPORATION, None, "actium"),
            ]
        ),
        "table_id": st.none() | st.just("pa-assen"),
        "later": st.sets(st.integers(1, 6), max_size=2).map(sorted),
    }
)


def write(session: Session, drawn: dict[str, Any]) -> None:
    """The record as it was drawn, in the place of the village's own mandates."""
    session.exec(delete(tables.Mandate))
    for number, each in enumerate(drawn["mandates"]):
        session.add_all(_mandate(f"md-{number}", each))
        session.flush()
    session.add_all(_choice(f"pc-{number}", each) for number, each in enumerate(drawn["choices"]))
    for name, each in drawn["meetings"].items():
        _change_meeting(session, name, each)
    for name, last_day in drawn["ends"].items():
        session.get_one(tables.Organisation, name).last_day = last_day
    session.flush()


def _mandate(name: str, drawn: dict[str, Any]) -> Iterator[tables.Row]:
    giver, holder, _ = drawn["parties"]
    yield tables.Mandate(
        id=name,
        giver_id=giver,
        holder_id=holder,
        everywhere=drawn["towns"] is None,
        topics=drawn["topics"],
        levels=drawn["levels"],
        first_day=drawn["days"][0],
        last_day=drawn["days"][1],
        stops_on=drawn["stops_on"],
        state=drawn["state"],
    )
    for town in sorted(drawn["towns"] or ()):
        yield tables.MandateMunicipality(mandate_id=name, municipality_id=town)


def _choice(name: str, drawn: dict[str, Any]) -> tables.ParticipationChoice:
    first, lasts = drawn["first_day"], drawn["lasts"]
    return tables.ParticipationChoice(
        id=name,
        organisation_id=drawn["organisation_id"],
        choice=drawn["choice"],
        reason="Zo willen wij het",
        first_day=first,
        last_day=None if lasts is None else first + timedelta(days=lasts),
        ask_on=first + timedelta(days=365),
        role=Role.BOARD,
        chosen_at=datetime(first.year, first.month, first.day, drawn["hour"], tzinfo=UTC),
        **drawn["subject"],
    )


def _change_meeting(session: Session, name: str, drawn: dict[str, Any]) -> None:
    row = session.get_one(tables.Meeting, name)
    row.topics, row.table_id = list(drawn["topics"]), drawn["table_id"]
    there = select(tables.PublishedMeeting).where(tables.PublishedMeeting.meeting_id == name)
    for each in (row, *session.exec(there)):
        each.level, each.municipality_id, each.corporation_id = drawn["place"]
    first = session.get_one(tables.Slot, (name, 0))
    for position, days_later in enumerate(drawn["later"], start=1):
        away = timedelta(days=days_later)
        session.add(
            tables.Slot(
                meeting_id=name,
                position=position,
                starts_at=first.starts_at + away,
                ends_at=first.ends_at + away,
            )
        )


def question(session: Session, draft: Draft) -> Question:
    plan = session.get_one(tables.Plan, draft({}))
    plan.as_of = AS_OF
    return build_problem(session, plan, read_policy())


def _said(session: Session, views: tuple[MeetingView, ...], found: Question) -> set[Allowed]:
    """What the record says: meeting, time, giver, holder."""
    book = mandates_at_meetings(session, views)
    return {
        (view.id, slot.start, giver, holder)
        for view in views
        for slot in found.problem.meetings[view.id].slots
        for giver in found.problem.meetings[view.id].interested
        for holder in ORGANISATIONS
        if book.between(giver, holder, replace(view, starts_at=slot.start))
    }


def _planned(found: Question) -> set[Allowed]:
    """What the planner makes of the same."""
    book = MandateBook(found.problem.mandates)
    return {
        (name, slot.start, giver, holder)
        for name, meeting in found.problem.meetings.items()
        for slot in meeting.slots
        for giver, those in book.speakers(meeting, local(slot.start).date()).items()
        for holder in those
    }


def _refused(found: Question) -> set[str]:
    """The published meetings at which somebody speaks who may not, as the checker judges them."""
    plan = {
        name: PlannedMeeting(
            meeting=name,
            slot=0 if name in SPOKEN else None,
            attendees=("r-1",) if name in SPOKEN else (),
            deputy=None,
            voices=SPOKEN.get(name, {}),
        )
        for name in found.problem.meetings
    }
    violations = check(found.problem, plan).violations
    return {each.meeting or "" for each in violations if each.rule.value == "voices"}


@pytest.fixture
def published(session: Session, draft: Draft, noon: datetime) -> Session:
    """MEVM speaks at two meetings for two others, whose mandates it has; nobody at the third."""
    session.add(
        tables.Organisation(
            id="sbde",
            name="SBDE",
            full_name="SBDE",
            region_id="zuid",
            capacity_minutes_per_year=36_500,
        )
    )
    session.flush()
    drawn = {"parties": ("sbde", "mevm", ""), "days": (date(2027, 1, 1), date(2027, 12, 31))}
    agreed = dict.fromkeys(("towns", "topics", "levels", "stops_on"))
    session.add_all(_mandate("md-2", {**drawn, **agreed, "state": MandateState.AGREED}))
    session.add_all(
        tables.Interest(meeting_id=name, organisation_id="sbde", weight=5)
        for name in ("m-1", "m-2", "m-3")
    )
    session.flush()
    plan = draft({"m-1": ["r-1"], "m-2": ["r-1"], "m-3": []}, voices=SPOKEN)
    publish_plan(session, COORDINATOR, plan, at=noon)
    return session


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    drawn=st.fixed_dictionaries(
        {
            "mandates": st.lists(mandates, max_size=4),
            "choices": st.lists(choices, max_size=4),
            "meetings": st.fixed_dictionaries({"m-1": meetings, "m-2": meetings, "m-3": meetings}),
            "ends": st.dictionaries(st.sampled_from(ORGANISATIONS), days, max_size=1),
        }
    )
)
def test_record_planner_and_checker_agree(
    published: Session, draft: Draft, drawn: dict[str, Any]
) -> None:
    trial = published.begin_nested()
    try:
        write(published, drawn)
        found = question(published, draft)
        views = published_meetings(published, COORDINATOR, MeetingFilter())
        views = tuple(each for each in views if each.id in found.problem.meetings)
        assert _said(published, views, found) == _planned(found)
        assert _unfit(published, found) == _refused(found)
    finally:
        trial.rollback()
        published.expire_all()


def _unfit(session: Session, found: Question) -> set[str]:
    """The published meetings at which the record knows a voice that nothing carries."""
    interested = {name: each.interested for name, each in found.problem.meetings.items()}
    return {
        each.meeting_id
        for each in voices(session, COORDINATOR)
        if not (each.is_carried and each.organisation_id in interested[each.meeting_id])
    }
