"""Where somebody goes without who should be beside them, and what task somebody has."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlmodel import Session

from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.db.published import published_meetings
from scheduler.db.views import MeetingFilter
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotAllowed, NotFound
from scheduler.domain.terms import Bond, Experience, Role
from scheduler.flows.continuity import Lack, lacking_company, task_of


@pytest.fixture
def ledger(province: Database) -> Iterator[Session]:
    with province.session() as session:
        for person in ("r12", "r14"):
            row = session.get_one(tables.Representative, person)
            row.bond, row.experience = Bond.VOLUNTEER, Experience.EXPERIENCED
        session.flush()
        yield session


def lacks(session: Session, meeting: str) -> tuple[Lack, ...]:
    session.flush()
    views = published_meetings(session, COORDINATOR, MeetingFilter())
    found = {each.meeting.id: each.lacks for each in lacking_company(session, COORDINATOR, views)}
    return found.get(meeting, ())


def _table_of(session: Session, meeting: str) -> tables.Table:
    return session.get_one(tables.Table, session.get_one(tables.Meeting, meeting).table_id)


def test_a_table_that_asks_for_a_pair_misses_who_isnt_there(ledger: Session) -> None:
    assert lacks(ledger, "m-vries") == ()
    _table_of(ledger, "m-vries").pair_wanted = True
    assert lacks(ledger, "m-vries") == (Lack.PROFESSIONAL,)
    ledger.get_one(tables.Representative, "r12").bond = Bond.PROFESSIONAL
    assert Lack.PROFESSIONAL not in lacks(ledger, "m-vries")


def test_who_is_on_trial_misses_somebody_beside(ledger: Session) -> None:
    person = ledger.get_one(tables.Representative, "r12")
    person.trial_first_day, person.trial_last_day = date(2027, 1, 1), date(2027, 12, 31)
    assert lacks(ledger, "m-vries") == (Lack.EXPERIENCED,)
    person.trial_last_day = date(2027, 1, 2)
    assert lacks(ledger, "m-vries") == ()


def test_only_who_sees_all_is_told(ledger: Session) -> None:
    with pytest.raises(NotAllowed):
        lacking_company(ledger, Actor(Role.BOARD, "mevm"), ())


def test_a_task_is_read_by_whose_it_is(ledger: Session) -> None:
    person = ledger.get_one(tables.Representative, "r12")
    person.only_topics, person.companion_id = ["wonen-zorg"], "r14"
    person.trial_first_day, person.trial_last_day = date(2027, 1, 1), date(2027, 3, 31)
    ledger.flush()
    task = task_of(ledger, Actor(Role.REPRESENTATIVE, "r12"), "r12")
    label = ledger.get_one(tables.Representative, "r14").label
    assert (task.topics, task.companion) == (("wonen-zorg",), label)
    assert (task.is_on_trial(date(2027, 3, 31)), task.is_on_trial(date(2027, 4, 1))) == (
        True,
        False,
    )
    with pytest.raises(NotFound):
        task_of(ledger, Actor(Role.REPRESENTATIVE, "r14"), "r12")
