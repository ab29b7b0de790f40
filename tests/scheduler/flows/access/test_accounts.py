"""App passwords: shown once, one per device, and never stored."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from scheduler.db import tables
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import Role
from scheduler.flows.access.accounts import (
    app_passwords,
    issue_account,
    representative_by_password,
    revoke_account,
)

BASE = "https://tafel.test"
OWNER = Actor(Role.REPRESENTATIVE, "r-1")


def test_a_password_opens_the_account(session: Session, noon: datetime) -> None:
    issued = issue_account(session, COORDINATOR, "r-1", BASE, at=noon)
    assert issued.url == "https://tafel.test/dav/"
    opened = representative_by_password(session, issued.username, issued.password, at=noon)
    assert opened == "r-1"


def test_a_second_device_leaves_the_first_working(session: Session, noon: datetime) -> None:
    first, second = (issue_account(session, COORDINATOR, "r-1", BASE, at=noon) for _ in range(2))
    for issued in (first, second):
        assert representative_by_password(session, "r-1", issued.password, at=noon) == "r-1"


@pytest.mark.parametrize(("username", "password"), [("r-1", "wrong"), ("r-2", None), ("", "")])
def test_a_wrong_pair_opens_nothing(
    session: Session, noon: datetime, username: str, password: str | None
) -> None:
    issued = issue_account(session, COORDINATOR, "r-1", BASE, at=noon)
    given = issued.password if password is None else password
    assert representative_by_password(session, username, given, at=noon) is None


def test_a_revoked_password_opens_nothing(session: Session, noon: datetime) -> None:
    issued = issue_account(session, COORDINATOR, "r-1", BASE, at=noon)
    (listed,) = app_passwords(session, OWNER, "r-1")
    assert revoke_account(session, OWNER, listed.id, at=noon) == "r-1"
    assert revoke_account(session, OWNER, listed.id, at=noon) == "r-1", "twice is once"
    session.flush()
    assert app_passwords(session, OWNER, "r-1") == ()
    assert representative_by_password(session, "r-1", issued.password, at=noon) is None


def test_nobody_gets_a_password_for_somebody_else(session: Session, noon: datetime) -> None:
    for actor in (Actor(Role.REPRESENTATIVE, "r-2"), Actor(Role.MUNICIPALITY, "GM0106")):
        with pytest.raises(NotFound):
            issue_account(session, actor, "r-1", BASE, at=noon)


def test_the_password_is_neither_stored_nor_printed(session: Session, noon: datetime) -> None:
    issued = issue_account(session, COORDINATOR, "r-1", BASE, at=noon)
    stored = session.exec(select(tables.Account)).one()
    assert issued.password not in repr(issued)
    assert issued.password not in repr(stored.model_dump())


def test_the_owner_sees_when_and_by_what_a_password_was_used(
    session: Session, noon: datetime
) -> None:
    issued = issue_account(session, OWNER, "r-1", BASE, at=noon)
    session.flush()
    (fresh,) = app_passwords(session, OWNER, "r-1")
    assert (fresh.created_at, fresh.last_used_at) == (noon, None)
    later = noon + timedelta(hours=1)
    representative_by_password(session, "r-1", issued.password, at=later, client="Thunderbird")
    (used,) = app_passwords(session, OWNER, "r-1")
    assert (used.last_used_at, used.last_client) == (later, "Thunderbird")


def test_nobody_sees_or_withdraws_the_passwords_of_somebody_else(
    session: Session, noon: datetime
) -> None:
    issue_account(session, OWNER, "r-1", BASE, at=noon)
    session.flush()
    (listed,) = app_passwords(session, COORDINATOR, "r-1")
    for actor in (Actor(Role.REPRESENTATIVE, "r-2"), Actor(Role.MUNICIPALITY, "GM0106")):
        with pytest.raises(NotFound):
            app_passwords(session, actor, "r-1")
        with pytest.raises(NotFound):
            revoke_account(session, actor, listed.id, at=noon)
    with pytest.raises(NotFound):
        revoke_account(session, COORDINATOR, "nobody's", at=noon)
