"""What an organisation chose about taking part: the problem, and what is published, follow it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from scheduler.db import published, tables
from scheduler.db.participation import choices
from scheduler.db.views import MeetingFilter
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotAllowed
from scheduler.domain.terms import Level, Participation, Role
from scheduler.flows.mandates.ask_again import to_ask_again
from scheduler.flows.mandates.end import withdraw
from scheduler.flows.mandates.errors import BadMandate
from scheduler.flows.mandates.hand import Hand, hand_of
from scheduler.flows.mandates.take_part import WantedChoice, choose_participation
from scheduler.flows.mandates.uses import lapses
from scheduler.flows.problem_builder import Question, build_problem
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.policy import read_policy
from solver.check import check
from solver.problem import PlannedMeeting

Draft = Callable[..., int]
OUT = WantedChoice(
    organisation_id="samensterk",
    choice=Participation.OUT,
    reason="Wij houden het bij Emmen",
    first_day=date(2027, 1, 4),
    table_id="pa-assen",
)
ALONE = replace(OUT, choice=Participation.SELF)
SPOKEN = {"m-1": {"mevm": "mevm", "samensterk": "mevm"}}


@pytest.fixture
def hand(session: Session, noon: datetime) -> Hand:
    return hand_of(session, Actor(Role.BOARD, "samensterk"), at=noon)


def question(session: Session, draft: Draft) -> Question:
    plan = session.get_one(tables.Plan, draft({}))
    return build_problem(session, plan, read_policy())


def rules(found: Question) -> list[str]:
    """Which rules it breaks that MEVM speaks for Samen Sterk."""
    planned = {
        name: PlannedMeeting(
            meeting=name,
            slot=0 if name == "m-1" else None,
            attendees=("r-1",) if name == "m-1" else (),
            deputy=None,
            voices=SPOKEN.get(name, {}),
        )
        for name in found.problem.meetings
    }
    return [each.rule.value for each in check(found.problem, planned).violations]


def test_opting_out_takes_the_interest_away(session: Session, draft: Draft, hand: Hand) -> None:
    assert "samensterk" in question(session, draft).problem.meetings["m-1"].interested
    choose_participation(session, hand, OUT)
    assert set(question(session, draft).problem.meetings["m-1"].interested) == {"mevm"}


def test_a_choice_counts_from_its_day_on(session: Session, draft: Draft, hand: Hand) -> None:
    choose_participation(session, hand, replace(OUT, first_day=date(2027, 3, 10)))
    meetings = question(session, draft).problem.meetings
    assert {name: len(meetings[name].interested) for name in meetings} == {
        "m-1": 2,
        "m-2": 1,
        "m-3": 1,
    }


def test_a_mandate_doesnt_count_where_its_giver_speaks_for_itself(
    session: Session, draft: Draft, hand: Hand
) -> None:
    assert rules(question(session, draft)) == []
    choose_participation(session, hand, ALONE)
    assert rules(question(session, draft)) == ["voices"]


def test_elsewhere_the_mandate_still_counts(session: Session, draft: Draft, hand: Hand) -> None:
    alone = replace(ALONE, table_id=None, level=Level.PROVINCE)
    choose_participation(session, hand, alone)
    assert rules(question(session, draft)) == []


def test_what_is_said_of_a_table_outranks_the_topic_and_the_level(
    session: Session, draft: Draft, hand: Hand
) -> None:
    choose_participation(session, hand, replace(OUT, table_id=None, level=Level.MUNICIPALITY))
    choose_participation(session, hand, replace(OUT, table_id=None, topic="prestatieafspraken"))
    choose_participation(session, hand, replace(OUT, choice=Participation.REPRESENTED))
    assert "samensterk" in question(session, draft).problem.meetings["m-1"].interested


def test_nothing_chains(session: Session, draft: Draft) -> None:
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
    session.add_all(
        [
            tables.Mandate(
                id="md-2",
                giver_id="sbde",
                holder_id="samensterk",
                everywhere=True,
                first_day=date(2027, 1, 1),
                last_day=date(2027, 12, 31),
            ),
            tables.Interest(meeting_id="m-1", organisation_id="sbde", weight=5),
        ]
    )
    session.flush()
    found = question(session, draft)
    planned = {
        name: PlannedMeeting(
            meeting=name,
            slot=0 if name == "m-1" else None,
            attendees=("r-1",) if name == "m-1" else (),
            deputy=None,
            voices={"mevm": "mevm", "sbde": "mevm"} if name == "m-1" else {},
        )
        for name in found.problem.meetings
    }
    assert [each.rule.value for each in check(found.problem, planned).violations] == ["voices"]


def test_a_newer_choice_ends_the_older_and_both_are_kept(session: Session, hand: Hand) -> None:
    choose_participation(session, hand, OUT)
    later = replace(ALONE, first_day=date(2027, 6, 1))
    made = choose_participation(session, hand, later)
    assert choose_participation(session, hand, later) == made
    found = {each.choice: each.last_day for each in choices(session, hand.actor)}
    assert found == {Participation.OUT: date(2027, 5, 31), Participation.SELF: None}


def test_it_is_asked_again_after_a_year(session: Session, hand: Hand) -> None:
    choose_participation(session, hand, OUT)
    assert to_ask_again(session, hand.actor, today=hand.today) == ()
    later = to_ask_again(session, hand.actor, today=hand.today + timedelta(days=366))
    assert [each.organisation.id for each in later] == ["samensterk"]


def test_a_reason_and_one_subject_are_needed(session: Session, hand: Hand) -> None:
    bare = replace(OUT, reason=" ", topic="prestatieafspraken", first_day=date(2027, 1, 3))
    with pytest.raises(BadMandate) as refused:
        choose_participation(session, hand, bare)
    fields = {each.field for each in refused.value.faults}
    assert fields == {"waarover", "reden", "eerste_dag"}


@pytest.mark.parametrize(
    "actor",
    [Actor(Role.BOARD, "mevm"), Actor(Role.REPRESENTATIVE, "r-3"), Actor(Role.PROVINCE)],
    ids=str,
)
def test_nobody_else_chooses(session: Session, noon: datetime, actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        choose_participation(session, hand_of(session, actor, at=noon), OUT)
    assert choices(session, actor) == ()


def test_who_left_a_table_alone_isnt_published_as_unheard(
    session: Session, draft: Draft, hand: Hand, noon: datetime
) -> None:
    choose_participation(session, hand, OUT)
    publish_plan(session, COORDINATOR, draft({"m-1": ["r-1"]}), at=noon)
    voices = session.exec(select(tables.PublishedVoice.organisation_id)).all()
    assert voices == ["mevm"]


def test_what_falls_away_after_a_withdrawal_has_its_reason(
    session: Session, draft: Draft, hand: Hand, noon: datetime
) -> None:
    publish_plan(session, COORDINATOR, draft({"m-1": ["r-1"]}, voices=SPOKEN), at=noon)
    meetings = published.published_meetings(session, COORDINATOR, MeetingFilter())
    assert lapses(session, meetings, at=noon) == {}
    withdraw(session, hand, "md-1", from_day=date(2027, 3, 1))
    (lapse,) = lapses(session, meetings, at=noon)["m-1"]
    assert (lapse.giver.id, lapse.speaker.id) == ("samensterk", "mevm")
    assert lapse.reason.nl == "Het mandaat van Samen Sterk aan MEVM is gestopt op 1-3-2027."


def test_a_choice_to_speak_for_itself_is_a_reason_too(
    session: Session, draft: Draft, hand: Hand, noon: datetime
) -> None:
    publish_plan(session, COORDINATOR, draft({"m-1": ["r-1"]}, voices=SPOKEN), at=noon)
    meetings = published.published_meetings(session, COORDINATOR, MeetingFilter())
    choose_participation(session, hand, ALONE)
    (lapse,) = lapses(session, meetings, at=noon)["m-1"]
    assert "alleen zelf" in lapse.reason.nl


def test_who_leaves_it_alone_isnt_missed_from_then_on(
    session: Session, draft: Draft, hand: Hand, noon: datetime
) -> None:
    publish_plan(session, COORDINATOR, draft({"m-1": ["r-1"], "m-2": ["r-1"]}), at=noon)

    def missed() -> dict[str, list[str]]:
        meetings = published.published_meetings(session, COORDINATOR, MeetingFilter())
        return {each.id: [one.id for one in each.unheard] for each in meetings}

    assert missed() == {"m-1": ["samensterk"], "m-2": ["samensterk"]}
    choose_participation(session, hand, replace(OUT, first_day=date(2027, 3, 5)))
    assert missed() == {"m-1": ["samensterk"], "m-2": []}
    (gap,) = published.published_meetings(session, COORDINATOR, MeetingFilter(gaps_only=True))
    assert gap.id == "m-1"
