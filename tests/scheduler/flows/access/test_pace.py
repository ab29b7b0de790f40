"""Asking to be let in is counted by all processes together, and given back evenly."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from scheduler.db.engine import Database
from scheduler.db.tables import SignInPace
from scheduler.domain.errors import TooManyTries
from scheduler.domain.secrets import SecretKey
from scheduler.flows.access.pace import MOST, count_ask


def _allowed(session: Session, origin: str, at: datetime, times: int) -> int:
    def one() -> bool:
        try:
            count_ask(session, origin, at=at)
        except TooManyTries:
            return False
        return True

    return sum(one() for _ in range(times))


def test_a_minute_holds_so_many_and_they_come_back_evenly(session: Session, noon: datetime) -> None:
    assert _allowed(session, "a", noon, MOST + 5) == MOST
    assert _allowed(session, "b", noon, 1) == 1, "another address doesn't wait for it"
    assert _allowed(session, "a", noon + timedelta(seconds=4), 5) == 2
    assert _allowed(session, "a", noon + timedelta(minutes=2), MOST + 5) == MOST


def test_what_was_made_up_for_leaves_nothing_behind(session: Session, noon: datetime) -> None:
    count_ask(session, "a", at=noon)
    count_ask(session, "b", at=noon + timedelta(minutes=2))
    assert session.exec(select(SignInPace.origin)).all() == ["b"]


def test_two_processes_count_together(village: Database, noon: datetime) -> None:
    url = village.engine.url.render_as_string(hide_password=False)

    def ask(_: int) -> int:
        with closing(Database(url)) as other:
            return sum(_in_one(other) for _ in range(MOST // 2))

    def _in_one(database: Database) -> int:
        with database.session() as session:
            return _allowed(session, "a", noon, 1)

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(ask, range(3))) == MOST


@pytest.mark.parametrize("other", [b"o" * 32, b"p" * 32])
def test_a_digest_of_an_address_says_nothing_without_the_key(other: bytes) -> None:
    mark: Callable[[bytes], str] = lambda key: SecretKey(key).origin_mark("192.0.2.7")  # noqa: E731
    assert mark(b"k" * 32) == mark(b"k" * 32)
    assert mark(b"k" * 32) != mark(other)
