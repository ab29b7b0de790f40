"""The log's chain: it holds over whatever was done, and any change of the past shows."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlmodel import Session, col, delete, select, update

from scheduler.db import audits
from scheduler.db.engine import Database
from scheduler.db.tables import Audit, AuditSeal
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotAllowed
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import Role
from scheduler.flows.audit_trail import Trail, seal_audits, verify_audits

KEY = SecretKey(b"k" * 32)


@pytest.fixture
def log(province: Database, now: datetime) -> Database:
    """A log with three links of two acts each, over what was there already."""
    with province.session() as session:
        seal_audits(session, KEY, at=now)
        for number in range(3):
            for act in ("begin", "end"):
                audits.record(
                    session,
                    COORDINATOR,
                    act,
                    noun="plan",
                    noun_id=str(number),
                    at=now,
                    detail=f"{act} {number}",
                )
            session.flush()
            assert seal_audits(session, KEY, at=now) == 2
    return province


def verified(database: Database, **more: str) -> Trail:
    with database.session() as session:
        return verify_audits(session, COORDINATOR, KEY, **more)


def test_an_untouched_log_is_whole(log: Database) -> None:
    trail = verified(log)
    assert trail.is_whole
    assert trail.waiting == 0
    assert trail.seals == 4


def test_what_was_just_done_waits_for_its_seal(log: Database, now: datetime) -> None:
    with log.session() as session:
        audits.record(session, COORDINATOR, "look", noun="plan", noun_id="9", at=now)
    assert (verified(log).waiting, verified(log).is_whole) == (1, True)


def test_nothing_new_makes_no_link(log: Database, now: datetime) -> None:
    with log.session() as session:
        assert seal_audits(session, KEY, at=now) == 0
    assert verified(log).seals == 4


def _first(session: Session) -> Audit:
    return session.exec(select(Audit).where(Audit.noun_id == "1", Audit.noun == "plan")).first()


def _reworded(session: Session) -> None:
    _first(session).detail = "nothing happened"


def _with_another_past(session: Session) -> None:
    _first(session).before = {"naam": "iemand anders"}


def _in_anothers_name(session: Session) -> None:
    _first(session).role = Role.SYSTEM


def _taken_out(session: Session) -> None:
    session.delete(_first(session))


def _slipped_in(session: Session) -> None:
    first = _first(session)
    session.add(
        Audit(
            at=first.at, role=Role.SYSTEM, act="x", noun="plan", noun_id="1", seal_id=first.seal_id
        )
    )


def _hidden_again(session: Session) -> None:
    _first(session).seal_id = None


def _a_link_taken_out(session: Session) -> None:
    seal_id = _first(session).seal_id
    session.exec(delete(Audit).where(col(Audit.seal_id) == seal_id))
    session.exec(delete(AuditSeal).where(col(AuditSeal.id) == seal_id))


def _sealed_with_another_key(session: Session) -> None:
    first = _first(session)
    first.detail = "nothing happened"
    session.exec(update(Audit).where(col(Audit.seal_id) == first.seal_id).values(seal_id=None))
    last = session.exec(select(AuditSeal).order_by(col(AuditSeal.id).desc())).first()
    seal_audits(session, SecretKey(b"x" * 32), at=last.sealed_at)


@pytest.mark.parametrize(
    "change",
    [
        _reworded,
        _with_another_past,
        _in_anothers_name,
        _taken_out,
        _slipped_in,
        _hidden_again,
        _a_link_taken_out,
        _sealed_with_another_key,
    ],
)
def test_any_change_of_the_past_shows(log: Database, change: Callable[[Session], None]) -> None:
    with log.session() as session:
        change(session)
    assert not verified(log).is_whole


def test_a_log_that_was_cut_short_shows_by_a_noted_digest(log: Database) -> None:
    noted = verified(log).newest
    assert verified(log, expected=noted).is_whole
    with log.session() as session:
        last = session.exec(select(AuditSeal).order_by(col(AuditSeal.id).desc())).first()
        session.exec(delete(Audit).where(col(Audit.seal_id) == last.id))
        session.delete(last)
    assert verified(log).is_whole
    assert not verified(log, expected=noted).is_whole


def test_only_who_plans_for_all_verifies(log: Database) -> None:
    with log.session() as session, pytest.raises(NotAllowed):
        verify_audits(session, Actor(Role.REPRESENTATIVE, "r4"), KEY)
