"""What is to be covered, and that the past is neither planned nor forgotten."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from scheduler.db import tables
from scheduler.domain.access import COORDINATOR
from scheduler.domain.terms import MeetingState
from scheduler.flows.problem_builder.meetings import Gathered, gather
from scheduler.flows.publishing.publish_plan import publish_plan
from solver.problem import Ban, Horizon, Pin, Seats

YEAR = Horizon(date(2027, 1, 1), date(2027, 12, 31))
FIRST = datetime(2027, 3, 4, 9, tzinfo=UTC)
Draft = Callable[..., int]


@pytest.fixture
def gathered(session: Session, noon: datetime) -> Callable[..., Gathered]:
    def at(as_of: datetime = noon, horizon: Horizon = YEAR) -> Gathered:
        session.flush()
        return gather(session, horizon, as_of)

    return at


def _add_slot(session: Session, position: int, starts_at: datetime) -> None:
    session.add(
        tables.Slot(
            meeting_id="m-1",
            position=position,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
        )
    )


def test_every_planned_meeting_of_the_horizon_is_to_be_covered(
    gathered: Callable[..., Gathered],
) -> None:
    assert set(gathered().meetings) == {"m-1", "m-2", "m-3"}
    march = Horizon(date(2027, 3, 1), date(2027, 3, 11))
    assert set(gathered(horizon=march).meetings) == {"m-1", "m-2"}


def test_a_meeting_that_is_called_off_is_not(
    session: Session, gathered: Callable[..., Gathered]
) -> None:
    session.get_one(tables.Meeting, "m-2").state = MeetingState.CANCELLED
    assert set(gathered().meetings) == {"m-1", "m-3"}


def test_a_meeting_is_what_the_rows_say(gathered: Callable[..., Gathered]) -> None:
    meeting = gathered().meetings["m-1"]
    assert (meeting.series, meeting.weight, meeting.seats) == ("pa-assen", 9, Seats(1, 2))
    assert meeting.interested == {"mevm": 7_543, "samensterk": 812}
    assert meeting.slots[0].start == FIRST


def test_only_slots_that_lie_ahead_are_offered(
    session: Session, gathered: Callable[..., Gathered]
) -> None:
    _add_slot(session, 1, FIRST + timedelta(days=1))
    _add_slot(session, 2, FIRST + timedelta(days=2))
    assert gathered().slot_positions["m-1"] == (0, 1, 2)
    late = gathered(FIRST)
    assert late.slot_positions["m-1"] == (1, 2)
    assert len(late.meetings["m-1"].slots) == 2


def test_a_slot_outside_the_horizon_is_not_offered(
    session: Session, gathered: Callable[..., Gathered]
) -> None:
    _add_slot(session, 1, datetime(2028, 1, 3, 9, tzinfo=UTC))
    assert gathered().slot_positions["m-1"] == (0,)


def test_what_was_held_is_pinned_to_who_attended(
    session: Session, draft: Draft, gathered: Callable[..., Gathered], noon: datetime
) -> None:
    plan = draft({"m-1": ["r-1", "r-3"]}, deputies={"m-1": "r-2"})
    publish_plan(session, COORDINATOR, plan, at=noon)
    late = gathered(FIRST)
    assert late.held_meetings == {"m-1"}
    assert late.meetings["m-1"].seats == Seats(2, 2)
    assert not late.meetings["m-1"].deputy
    assert late.pins == (
        Pin(meeting="m-1", representative="r-1", slot=0),
        Pin(meeting="m-1", representative="r-3", slot=0),
    )


def test_a_meeting_of_the_past_that_nobody_attended_is_left_out(
    session: Session, draft: Draft, gathered: Callable[..., Gathered], noon: datetime
) -> None:
    publish_plan(session, COORDINATOR, draft({"m-1": []}), at=noon)
    assert "m-1" not in gathered(FIRST).meetings
    assert "m-1" in gathered(FIRST - timedelta(minutes=1)).meetings


def test_a_pin_keeps_its_slot_while_that_is_offered(
    session: Session, gathered: Callable[..., Gathered]
) -> None:
    _add_slot(session, 1, FIRST + timedelta(days=1))
    session.add(tables.Pin(meeting_id="m-1", representative_id="r-1", slot_position=1))
    assert gathered().pins == (Pin(meeting="m-1", representative="r-1", slot=1),)
    assert gathered(FIRST).pins == (Pin(meeting="m-1", representative="r-1", slot=0),)
    session.get_one(tables.Pin, ("m-1", "r-1")).slot_position = 0
    assert gathered(FIRST).pins == (Pin(meeting="m-1", representative="r-1", slot=None),)


def test_a_ban_from_everything_says_nothing_about_what_was_held(
    session: Session, draft: Draft, gathered: Callable[..., Gathered], noon: datetime
) -> None:
    publish_plan(session, COORDINATOR, draft({"m-1": ["r-1"]}), at=noon)
    session.add(tables.Ban(representative_id="r-1"))
    assert gathered(FIRST).bans == (
        Ban(meeting="m-2", representative="r-1"),
        Ban(meeting="m-3", representative="r-1"),
    )
