"""Publications: numbered, frozen, with their changes since the one before."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from scheduler.db import published, tables
from scheduler.db.views import MeetingFilter, MeetingView
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.errors import NotAllowed, NotFound, NothingToDo
from scheduler.domain.terms import ChangeKind, MeetingState, PlanState, Role
from scheduler.flows.publishing.publish_plan import publish_plan

Draft = Callable[..., int]
ALL = {"m-1": ["r-1"], "m-2": ["r-1"], "m-3": ["r-3"]}


@pytest.fixture
def first(session: Session, draft: Draft, noon: datetime) -> int:
    """Publication 1, of everything."""
    return publish_plan(session, COORDINATOR, draft(ALL), at=noon).number


def _meeting(session: Session, identifier: str) -> MeetingView:
    return published.published_meeting(session, SYSTEM, identifier)


def _rows(session: Session, meeting: str) -> list[tables.PublishedMeeting]:
    query = select(tables.PublishedMeeting).where(tables.PublishedMeeting.meeting_id == meeting)
    return list(session.exec(query))


def test_the_first_publication_adds_everything(
    session: Session, draft: Draft, noon: datetime
) -> None:
    plan = draft(ALL)
    publication = publish_plan(session, COORDINATOR, plan, at=noon)
    assert publication.number == 1
    assert publication.changes == {ChangeKind.ADDED: 3}
    assert session.get_one(tables.Plan, plan).state is PlanState.PUBLISHED


def test_publishing_the_same_again_is_nothing(
    session: Session, draft: Draft, first: int, noon: datetime
) -> None:
    with pytest.raises(NothingToDo):
        publish_plan(session, COORDINATOR, draft(ALL), at=noon)


def test_only_a_coordinator_publishes(session: Session, draft: Draft, noon: datetime) -> None:
    with pytest.raises(NotAllowed):
        publish_plan(session, Actor(Role.REPRESENTATIVE, "r-1"), draft(ALL), at=noon)


def test_a_plan_is_published_once(session: Session, draft: Draft, noon: datetime) -> None:
    plan = draft(ALL)
    publish_plan(session, COORDINATOR, plan, at=noon)
    with pytest.raises(NotFound):
        publish_plan(session, COORDINATOR, plan, at=noon)


def test_another_attendee_is_a_new_revision_of_that_meeting_alone(
    session: Session, draft: Draft, first: int, noon: datetime
) -> None:
    later = noon + timedelta(days=1)
    changed = {**ALL, "m-2": ["r-3"]}
    publication = publish_plan(session, COORDINATOR, draft(changed), at=later)
    assert publication.changes == {ChangeKind.ATTENDEES: 1, ChangeKind.VOICES: 1}
    assert [_meeting(session, each).revision for each in ("m-1", "m-2", "m-3")] == [0, 1, 0]
    assert _meeting(session, "m-2").revised_at == later
    assert _meeting(session, "m-1").revised_at == noon


def test_what_was_published_before_stays_as_it_was(
    session: Session, draft: Draft, first: int, noon: datetime
) -> None:
    publish_plan(session, COORDINATOR, draft({**ALL, "m-2": ["r-3"]}), at=noon)
    before, after = _rows(session, "m-2")
    assert (before.first_publication, before.last_publication) == (1, 1)
    assert (after.first_publication, after.last_publication) == (2, None)


def test_a_meeting_outside_the_plan_stays_as_published(
    session: Session, draft: Draft, first: int, noon: datetime
) -> None:
    publish_plan(session, COORDINATOR, draft({"m-1": ["r-3"]}), at=noon)
    assert [each.representative_id for each in _meeting(session, "m-2").attendees] == ["r-1"]


def test_a_meeting_that_is_called_off_is_published_as_cancelled(
    session: Session, draft: Draft, first: int, noon: datetime
) -> None:
    session.get_one(tables.Meeting, "m-3").state = MeetingState.CANCELLED
    publication = publish_plan(session, COORDINATOR, draft({"m-1": ["r-1"]}), at=noon)
    assert publication.changes == {ChangeKind.CANCELLED: 1}
    cancelled = _meeting(session, "m-3")
    assert cancelled.state is MeetingState.CANCELLED
    assert cancelled.revision == 1
    assert [each.representative_id for each in cancelled.attendees] == ["r-3"]


def test_a_meeting_called_off_by_mistake_comes_back_with_a_higher_revision(
    session: Session, draft: Draft, first: int, noon: datetime
) -> None:
    meeting = session.get_one(tables.Meeting, "m-3")
    meeting.state = MeetingState.CANCELLED
    publish_plan(session, COORDINATOR, draft({"m-1": ["r-1"]}), at=noon)
    meeting.state = MeetingState.PLANNED
    publication = publish_plan(session, COORDINATOR, draft(ALL), at=noon)
    assert publication.changes == {ChangeKind.RESTORED: 1}
    assert _meeting(session, "m-3").revision == 2


def test_two_publications_never_share_a_second(
    session: Session, draft: Draft, first: int, noon: datetime
) -> None:
    second = publish_plan(session, COORDINATOR, draft({**ALL, "m-1": []}), at=noon)
    assert second.published_at == noon + timedelta(seconds=1)


def test_a_gap_is_published_as_one(session: Session, draft: Draft, noon: datetime) -> None:
    publish_plan(session, COORDINATOR, draft({"m-1": [], "m-2": ["r-1"]}), at=noon)
    gaps = published.published_meetings(session, SYSTEM, MeetingFilter(gaps_only=True))
    assert {meeting.id for meeting in gaps} == {"m-1", "m-2"}
    assert _meeting(session, "m-1").empty_seats == 1
    assert [each.id for each in _meeting(session, "m-2").unheard] == ["samensterk"]


def test_a_deputy_is_a_change_of_its_own(
    session: Session, draft: Draft, first: int, noon: datetime
) -> None:
    publication = publish_plan(session, COORDINATOR, draft(ALL, deputies={"m-1": "r-2"}), at=noon)
    assert publication.changes == {ChangeKind.DEPUTY: 1}
