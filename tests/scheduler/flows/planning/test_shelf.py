"""Standings are kept, built aside where they are large, and never behind on planners' acts."""

from collections.abc import Callable
from datetime import datetime
from threading import enumerate as threads

import pytest
from sqlmodel import Session

from scheduler.db import audits, tables
from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR, SYSTEM
from scheduler.flows.adjusting import Shelf
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.policy import read_policy


@pytest.fixture
def shelf(village: Database, session: Session, draft: Callable[..., int], noon: datetime) -> Shelf:
    """A shelf to which even a village is large, with the standing of what is published."""
    publish_plan(session, COORDINATOR, draft({"m-1": ["r-1"], "m-2": ["r-1"]}), at=noon)
    session.commit()
    made = Shelf(read_policy(), village.session, large=0)
    assert not made.recent(session, COORDINATOR, at=noon).behind
    return made


def _busy(session: Session) -> None:
    slot = session.get_one(tables.Slot, ("m-1", 0))
    row = tables.Busy(representative_id="r-1", starts_at=slot.starts_at, ends_at=slot.ends_at)
    session.add(row)
    session.commit()


def _wait() -> None:
    for thread in threads():
        if thread.name == "standing":
            thread.join()


def test_what_came_in_from_outside_is_worked_out_aside(
    shelf: Shelf, session: Session, noon: datetime
) -> None:
    before = shelf.recent(session, COORDINATOR, at=noon).standing
    _busy(session)
    found = shelf.recent(session, COORDINATOR, at=noon)
    assert found.behind
    assert found.standing is before
    _wait()
    later = shelf.recent(session, COORDINATOR, at=noon)
    assert not later.behind
    assert later.standing is not before
    assert [each.meeting for each in later.standing.violations] == ["m-1"]


def test_a_planners_own_act_is_always_in_it(shelf: Shelf, session: Session, noon: datetime) -> None:
    session.get_one(tables.Representative, "r-1").label = "Iemand"
    audits.record(session, COORDINATOR, "change", noun="person", noun_id="r-1", at=noon)
    session.commit()
    found = shelf.recent(session, COORDINATOR, at=noon)
    assert not found.behind
    assert found.standing.label("r-1") == "Iemand"
    assert found.standing.view("m-1").attendees[0].label == "Iemand"


def test_an_act_is_never_made_on_a_standing_that_is_behind(
    shelf: Shelf, session: Session, noon: datetime
) -> None:
    _busy(session)
    standing = shelf.standing(session, SYSTEM, at=noon)
    assert [each.meeting for each in standing.violations] == ["m-1"]


def test_a_failure_aside_is_logged_and_tried_again(
    shelf: Shelf,
    session: Session,
    noon: datetime,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    _busy(session)
    with monkeypatch.context() as patch:
        patch.setattr(shelf, "_build", lambda *_: 1 / 0)
        assert shelf.recent(session, COORDINATOR, at=noon).behind
        _wait()
    assert "could not be built aside" in caplog.text
    assert shelf.recent(session, COORDINATOR, at=noon).behind
    _wait()
    assert not shelf.recent(session, COORDINATOR, at=noon).behind


def test_what_is_published_is_read_once(shelf: Shelf, session: Session, noon: datetime) -> None:
    first = shelf.published(session, COORDINATOR)
    audits.record(session, COORDINATOR, "queue", noun="plan", noun_id="1", at=noon)
    assert shelf.published(session, COORDINATOR) is first
    audits.record(session, COORDINATOR, "change", noun="person", noun_id="r-1", at=noon)
    assert shelf.published(session, COORDINATOR) is not first
    assert shelf.attended(session, COORDINATOR) is shelf.attended(session, COORDINATOR)
