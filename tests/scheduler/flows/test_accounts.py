"""App passwords: shown once, one per device, and never stored."""

from datetime import datetime

import pytest
from sqlmodel import Session, select

from scheduler.db import tables
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import Role
from scheduler.flows.accounts import issue_account, representative_by_password

BASE = "https://tafel.test"


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
    session.exec(select(tables.Account)).one().revoked_at = noon
    session.flush()
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
