"""Every place that asks whether a mandate holds at a meeting gets the same answer."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session

from scheduler.db import published, tables
from scheduler.db.mandates import MandateView, mandate
from scheduler.db.views import MeetingFilter, MeetingView
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.terms import Participation, Role
from scheduler.domain.voting import VotingRules
from scheduler.flows.input.mandates import mandates_at
from scheduler.flows.mandates.hand import Hand, hand_of
from scheduler.flows.mandates.take_part import WantedChoice, choose_participation
from scheduler.flows.mandates.uses import lapses, uses
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.flows.voices import voices
from scheduler.flows.voting.electorate import electorate

Draft = Callable[..., int]
SPOKEN = {"m-1": {"mevm": "mevm", "samensterk": "mevm"}}
ALONE = WantedChoice(
    organisation_id="samensterk",
    choice=Participation.SELF,
    reason="Wij gaan zelf",
    first_day=date(2027, 3, 4),
    table_id="pa-assen",
)


@pytest.fixture
def hand(session: Session, noon: datetime) -> Hand:
    return hand_of(session, Actor(Role.BOARD, "samensterk"), at=noon)


@pytest.fixture
def meeting(session: Session, draft: Draft, noon: datetime) -> MeetingView:
    """MEVM speaks for Samen Sterk there, by mandate md-1."""
    publish_plan(session, COORDINATOR, draft({"m-1": ["r-1"]}, voices=SPOKEN), at=noon)
    return published.published_meetings(session, COORDINATOR, MeetingFilter())[0]


def answers(session: Session, meeting: MeetingView, noon: datetime) -> Mapping[str, str]:
    """By place the mandate that it names for Samen Sterk; empty where there is none."""
    day = meeting.starts_at.date()
    spoken = {each.organisation_id: each for each in voices(session, COORDINATOR)}
    said = mandates_at(session, COORDINATOR, meeting)
    casters = electorate(session, meeting, "v-1", VotingRules(), day)
    view = published_mandate(session)
    return {
        "voices": spoken["samensterk"].mandate_id or "",
        "brief": "".join(each.giver.id and "md-1" for each in said),
        "votes": next(e.mandate_id for e in casters if e.organisation_id == "samensterk"),
        "lapses": "" if lapses(session, [meeting], at=noon) else "md-1",
        "uses": "md-1" if uses(session, view, [meeting]) else "",
    }


def published_mandate(session: Session) -> MandateView:
    return mandate(session, COORDINATOR, "md-1")


def test_a_mandate_that_holds_is_named_everywhere(
    session: Session, meeting: MeetingView, noon: datetime
) -> None:
    assert set(answers(session, meeting, noon).values()) == {"md-1"}


def test_who_takes_part_by_itself_is_spoken_for_nowhere(
    session: Session, meeting: MeetingView, hand: Hand, noon: datetime
) -> None:
    choose_participation(session, hand, ALONE)
    assert set(answers(session, meeting, noon).values()) == {""}


def test_a_choice_from_the_day_after_changes_nothing_there(
    session: Session, meeting: MeetingView, hand: Hand, noon: datetime
) -> None:
    choose_participation(session, hand, replace(ALONE, first_day=date(2027, 3, 5)))
    assert set(answers(session, meeting, noon).values()) == {"md-1"}


def test_a_choice_made_after_a_meeting_leaves_what_was_said_there(
    session: Session, meeting: MeetingView, hand: Hand, noon: datetime
) -> None:
    afternoon = datetime(2027, 3, 4, 14, tzinfo=UTC)
    choose_participation(session, replace(hand, at=afternoon), ALONE)
    found = answers(session, meeting, noon)
    assert {found[each] for each in ("voices", "brief", "lapses", "uses")} == {"md-1"}


def test_a_partys_end_ends_it_everywhere(
    session: Session, meeting: MeetingView, noon: datetime
) -> None:
    session.get_one(tables.Organisation, "mevm").last_day = date(2027, 3, 3)
    session.flush()
    assert set(answers(session, meeting, noon).values()) == {""}
