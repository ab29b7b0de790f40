"""Accept, decline, move, withdraw, publish: and what each does to the meeting."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from scheduler.db import tables
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import BadInput, NotAllowed, NotFound
from scheduler.domain.requests import StepNotPossible
from scheduler.domain.terms import MeetingState, Mode, Part, PlanState, RequestState
from scheduler.flows.planning.change_meeting import call_off_meeting, move_meeting
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.flows.requests.accept_request import accept_request
from scheduler.flows.requests.change_request import (
    decline_request,
    move_request,
    withdraw_request,
)
from scheduler.flows.requests.request_form import TypedRequest
from scheduler.flows.requests.request_reading import BadRequest
from scheduler.flows.requests.request_times import TypedTime
from scheduler.legal import LegalClock

Ask = Callable[..., str]
LATER = (TypedTime("2027-09-01", "19:00", "21:00"),)


def publish(session: Session, meeting: str, *going: str, at: datetime) -> None:
    """Publish a plan with this meeting in its first slot."""
    plan = draft(session, meeting, *going, at=at)
    publish_plan(session, COORDINATOR, plan, at=at)


def draft(session: Session, meeting: str, *going: str, at: datetime) -> int:
    plan = tables.Plan(
        first_day=date(2027, 1, 1),
        last_day=date(2027, 12, 31),
        as_of=at,
        state=PlanState.DRAFT,
        created_at=at,
        seed=1,
        workers=1,
        time_limit_seconds=1,
    )
    session.add(plan)
    session.flush()
    slot = 0 if going else None
    session.add(tables.PlannedMeeting(plan_id=plan.id, meeting_id=meeting, slot_position=slot))
    session.flush()
    for person in going:
        own = session.get_one(tables.Representative, person).organisation_id
        names = {"plan_id": plan.id, "meeting_id": meeting, "organisation_id": own}
        session.add(tables.Voice(**names, speaker_id=own))
        session.add(
            tables.Assignment(
                plan_id=plan.id,
                meeting_id=meeting,
                representative_id=person,
                part=Part.ATTENDEE,
                online=False,
                travel_minutes=0,
            )
        )
    session.flush()
    return plan.id


def state(session: Session, request: str) -> RequestState:
    return session.get_one(tables.MeetingRequest, request).state


def slots(session: Session, meeting: str) -> list[datetime]:
    query = select(tables.Slot.starts_at).where(tables.Slot.meeting_id == meeting)
    return list(session.exec(query.order_by(tables.Slot.position)))


def test_an_accepted_request_is_a_meeting_to_plan(
    session: Session, ask: Ask, now: datetime
) -> None:
    request = ask()
    meeting_id = accept_request(session, COORDINATOR, request, at=now)
    meeting = session.get_one(tables.Meeting, meeting_id)
    assert (meeting.title, meeting.municipality_id, meeting.place_id, meeting.mode) == (
        "Woonzorgvisie: eerste bespreking",
        "GM0114",
        "emmen",
        Mode.IN_PERSON,
    )
    assert meeting.state is MeetingState.PLANNED
    assert slots(session, meeting_id) == [
        datetime(2027, 6, 10, 11, 30, tzinfo=UTC),
        datetime(2027, 6, 15, 17, tzinfo=UTC),
    ]
    interests = select(tables.Interest).where(tables.Interest.meeting_id == meeting_id)
    assert {each.organisation_id: each.weight for each in session.exec(interests)} == {
        "federatie": 9699,
        "sbde": 1800,
    }
    assert state(session, request) is RequestState.PLANNED


def test_a_named_organisation_without_dwellings_there_weighs_one(
    session: Session, ask: Ask, typed: TypedRequest, now: datetime
) -> None:
    request = ask(replace(typed, organisations=("mevm",)))
    meeting = accept_request(session, COORDINATOR, request, at=now)
    assert session.get_one(tables.Interest, (meeting, "mevm")).weight == 1


def test_an_online_request_is_an_online_meeting(
    session: Session, ask: Ask, typed: TypedRequest, now: datetime
) -> None:
    meeting = accept_request(session, COORDINATOR, ask(replace(typed, mode="online")), at=now)
    row = session.get_one(tables.Meeting, meeting)
    assert (row.mode, row.place_id) == (Mode.ONLINE, None)


def test_a_request_whose_times_are_past_cant_be_accepted(
    session: Session, ask: Ask, now: datetime
) -> None:
    with pytest.raises(BadInput, match="past"):
        accept_request(session, COORDINATOR, ask(), at=now + timedelta(days=200))


def test_a_municipality_doesnt_answer_itself(
    session: Session, ask: Ask, emmen: Actor, now: datetime
) -> None:
    request = ask()
    with pytest.raises(NotAllowed):
        accept_request(session, emmen, request, at=now)
    with pytest.raises(NotAllowed):
        decline_request(session, emmen, request, "Nee", at=now)


def test_declining_asks_for_a_reason(session: Session, ask: Ask, now: datetime) -> None:
    request = ask()
    with pytest.raises(BadRequest) as refused:
        decline_request(session, COORDINATOR, request, "  ", at=now)
    assert [fault.field for fault in refused.value.faults] == ["reason"]
    assert state(session, request) is RequestState.RECEIVED
    decline_request(session, COORDINATOR, request, "Stuur de stukken.", at=now)
    assert session.get_one(tables.MeetingRequest, request).reason == "Stuur de stukken."
    with pytest.raises(StepNotPossible):
        accept_request(session, COORDINATOR, request, at=now)


def test_a_withdrawn_request_calls_its_meeting_off(
    session: Session, ask: Ask, emmen: Actor, now: datetime
) -> None:
    request = ask()
    meeting = accept_request(session, COORDINATOR, request, at=now)
    withdraw_request(session, emmen, request, at=now)
    assert session.get_one(tables.Meeting, meeting).state is MeetingState.CANCELLED
    assert state(session, request) is RequestState.WITHDRAWN
    with pytest.raises(StepNotPossible):
        withdraw_request(session, emmen, request, at=now)


def test_a_foreign_request_is_as_absent(
    session: Session, ask: Ask, legal: tuple[LegalClock, ...], now: datetime
) -> None:
    request, assen = ask(), Actor(COORDINATOR.role.MUNICIPALITY, "GM0106")
    with pytest.raises(NotFound):
        withdraw_request(session, assen, request, at=now)
    with pytest.raises(NotFound):
        move_request(session, assen, request, LATER, legal=legal, at=now)


def test_who_comes_confirms_and_a_move_opens_again(
    session: Session, ask: Ask, emmen: Actor, legal: tuple[LegalClock, ...], now: datetime
) -> None:
    request = ask()
    meeting = accept_request(session, COORDINATOR, request, at=now)
    publish(session, meeting, at=now)
    assert state(session, request) is RequestState.PLANNED
    publish(session, meeting, "r4", at=now + timedelta(hours=1))
    assert state(session, request) is RequestState.CONFIRMED
    old_draft = draft(session, meeting, "r5", at=now)
    move_request(session, emmen, request, LATER, legal=legal, at=now)
    assert state(session, request) is RequestState.PLANNED
    assert slots(session, meeting) == [datetime(2027, 9, 1, 17, tzinfo=UTC)]
    left = session.get(tables.PlannedMeeting, (old_draft, meeting))
    assert left is None, "who could come at the old time says nothing of the new one"
    publish(session, meeting, "r5", at=now + timedelta(hours=2))
    assert state(session, request) is RequestState.CONFIRMED
    publish(session, meeting, at=now + timedelta(hours=3))
    assert state(session, request) is RequestState.PLANNED


def test_times_that_cant_be_used_move_nothing(
    session: Session, ask: Ask, emmen: Actor, legal: tuple[LegalClock, ...], now: datetime
) -> None:
    request = ask()
    meeting = accept_request(session, COORDINATOR, request, at=now)
    before = slots(session, meeting)
    with pytest.raises(BadRequest):
        move_request(session, emmen, request, (TypedTime("ooit"),), legal=legal, at=now)
    assert slots(session, meeting) == before


def test_a_pin_to_an_old_slot_holds_for_whichever_is_taken(
    session: Session, ask: Ask, emmen: Actor, legal: tuple[LegalClock, ...], now: datetime
) -> None:
    request = ask()
    meeting = accept_request(session, COORDINATOR, request, at=now)
    session.add(tables.Pin(meeting_id=meeting, representative_id="r4", slot_position=1))
    session.flush()
    move_request(session, emmen, request, LATER, legal=legal, at=now)
    assert session.get_one(tables.Pin, (meeting, "r4")).slot_position is None


def test_the_coordinator_calls_a_meeting_off_with_a_reason(
    session: Session, ask: Ask, now: datetime
) -> None:
    request = ask()
    meeting = accept_request(session, COORDINATOR, request, at=now)
    with pytest.raises(BadRequest):
        call_off_meeting(session, COORDINATOR, meeting, "", at=now)
    call_off_meeting(session, COORDINATOR, meeting, "Niemand kan.", at=now)
    assert session.get_one(tables.Meeting, meeting).state is MeetingState.CANCELLED
    assert state(session, request) is RequestState.DECLINED
    with pytest.raises(NotFound):
        call_off_meeting(session, COORDINATOR, meeting, "Niemand kan.", at=now)


def test_the_coordinator_moves_a_meeting_with_or_without_a_request(
    session: Session, ask: Ask, legal: tuple[LegalClock, ...], emmen: Actor, now: datetime
) -> None:
    request = ask()
    meeting = accept_request(session, COORDINATOR, request, at=now)
    for each in (meeting, "m-emmen"):
        move_meeting(session, COORDINATOR, each, LATER, legal=legal, at=now)
        assert slots(session, each) == [datetime(2027, 9, 1, 17, tzinfo=UTC)]
    with pytest.raises(NotAllowed):
        move_meeting(session, emmen, meeting, LATER, legal=legal, at=now)
    with pytest.raises(NotAllowed):
        call_off_meeting(session, emmen, meeting, "Nee", at=now)
    with pytest.raises(NotFound):
        move_meeting(session, COORDINATOR, "m-nergens", LATER, legal=legal, at=now)
