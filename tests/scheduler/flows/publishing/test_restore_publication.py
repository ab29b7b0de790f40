"""An earlier publication comes back as a draft, and a draft that nobody wants goes away."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from scheduler.db import plans, tables
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotAllowed, NotFound, NothingToDo
from scheduler.domain.terms import MeetingState, PlanState, Role
from scheduler.flows.planning.discard_draft import discard_draft
from scheduler.flows.publishing.facts_read import facts_at, facts_in_force
from scheduler.flows.publishing.meeting_changes import draft_changes
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.flows.publishing.restore_publication import restore_publication

Draft = Callable[..., int]
ALL = {"m-1": ["r-1"], "m-2": ["r-1"], "m-3": ["r-3"]}
REPRESENTATIVE = Actor(Role.REPRESENTATIVE, "r-1")


@pytest.fixture
def twice(session: Session, draft: Draft, noon: datetime) -> None:
    """Publication 1 of everything, and 2 in which two meetings change hands."""
    publish_plan(session, COORDINATOR, draft(ALL, deputies={"m-1": "r-2"}), at=noon)
    changed = {**ALL, "m-1": ["r-3"], "m-2": ["r-2"]}
    publish_plan(session, COORDINATOR, draft(changed), at=noon)


@pytest.mark.usefixtures("twice")
def test_it_comes_back_as_a_new_publication(session: Session, noon: datetime) -> None:
    plan = restore_publication(session, COORDINATOR, 1, at=noon)
    changes = draft_changes(session, COORDINATOR, plan).changes
    assert [change.after.meeting_id for change in changes] == ["m-1", "m-2"]
    made = publish_plan(session, COORDINATOR, plan, at=noon, after=2)
    assert made.number == 3
    assert facts_in_force(session) == facts_at(session, 1)


@pytest.mark.usefixtures("twice")
def test_what_has_been_stays_as_it_was(session: Session) -> None:
    after_the_first = datetime.fromisoformat("2027-03-04T13:00:00+00:00")
    plan = restore_publication(session, COORDINATOR, 1, at=after_the_first)
    changes = draft_changes(session, COORDINATOR, plan).changes
    assert [change.after.meeting_id for change in changes] == ["m-2"]


@pytest.mark.usefixtures("twice")
def test_what_is_called_off_stays_off(session: Session, noon: datetime) -> None:
    session.get_one(tables.Meeting, "m-1").state = MeetingState.CANCELLED
    plan = restore_publication(session, COORDINATOR, 1, at=noon)
    kinds = {
        change.after.meeting_id: set(change.kinds)
        for change in draft_changes(session, COORDINATOR, plan).changes
    }
    assert kinds["m-1"] == {"cancelled"}
    assert set(kinds) == {"m-1", "m-2"}


@pytest.mark.usefixtures("twice")
def test_a_time_that_is_gone_stays_gone(session: Session, noon: datetime) -> None:
    slot = session.get_one(tables.Slot, ("m-1", 0))
    slot.starts_at += timedelta(hours=1)
    slot.ends_at += timedelta(hours=1)
    session.flush()
    plan = restore_publication(session, COORDINATOR, 1, at=noon)
    assert [c.after.meeting_id for c in draft_changes(session, COORDINATOR, plan).changes] == [
        "m-2"
    ]


@pytest.mark.usefixtures("twice")
def test_the_newest_needs_no_restoring(session: Session, noon: datetime) -> None:
    with pytest.raises(NothingToDo):
        restore_publication(session, COORDINATOR, 2, at=noon)


@pytest.mark.usefixtures("twice")
def test_only_what_exists_and_only_a_coordinator(session: Session, noon: datetime) -> None:
    with pytest.raises(NotFound):
        restore_publication(session, COORDINATOR, 9, at=noon)
    with pytest.raises(NotAllowed):
        restore_publication(session, REPRESENTATIVE, 1, at=noon)


def test_a_draft_goes_away_once(session: Session, draft: Draft, noon: datetime) -> None:
    plan = draft(ALL)
    discard_draft(session, COORDINATOR, plan, at=noon)
    assert session.get_one(tables.Plan, plan).state is PlanState.DISCARDED
    assert plans.newest_draft(session, COORDINATOR) is None
    with pytest.raises(NotFound):
        discard_draft(session, COORDINATOR, plan, at=noon)


def test_what_is_published_cant_go_away(session: Session, draft: Draft, noon: datetime) -> None:
    plan = draft(ALL)
    publish_plan(session, COORDINATOR, plan, at=noon)
    with pytest.raises(NotFound):
        discard_draft(session, COORDINATOR, plan, at=noon)


def test_only_a_coordinator_puts_away(session: Session, draft: Draft, noon: datetime) -> None:
    with pytest.raises(NotAllowed):
        discard_draft(session, REPRESENTATIVE, draft(ALL), at=noon)
