"""The bytes of a feed: the same for the same publication, other ones after the next."""

import gzip
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from calendars.ical import read
from scheduler.db import tables
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import Role
from scheduler.flows.calendar_builder import Publisher
from scheduler.flows.feeds.addresses import feeds_of
from scheduler.flows.feeds.read_feed import FeedShelf
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.settings import Feeds

KEY = SecretKey(b"k" * 32)
BASE = "https://tafel.test"
WINDOW = Feeds(
    refresh_minutes=60,
    days_back=30,
    days_ahead=400,
    tombstone_days=30,
    input_days=7,
    report_days=14,
    reads_a_minute=600,
)
PUBLISHER = Publisher(base_url=BASE, address="agenda@tafel.test", name="Aan Tafel")
Draft = Callable[..., int]


@pytest.fixture
def token(session: Session, noon: datetime) -> str:
    (view,) = feeds_of(session, Actor(Role.REPRESENTATIVE, "r-1"), KEY, BASE, at=noon)
    return view.url.split("/")[-2]


@pytest.fixture
def publish(session: Session, draft: Draft, noon: datetime) -> Callable[[list[str]], None]:
    def make(people: list[str]) -> None:
        publish_plan(session, COORDINATOR, draft({"m-1": people}), at=noon)

    return make


def _shelf() -> FeedShelf:
    return FeedShelf(WINDOW, PUBLISHER)


def test_before_the_first_publication_a_feed_is_empty(
    session: Session, token: str, noon: datetime
) -> None:
    assert read(_shelf().read(session, token, "", at=noon).plain) == ()


def test_the_same_publication_gives_the_same_bytes(
    session: Session, token: str, publish: Callable[[list[str]], None], noon: datetime
) -> None:
    publish(["r-1"])
    shelf = _shelf()
    first = shelf.read(session, token, "", at=noon)
    assert shelf.read(session, token, "", at=noon + timedelta(hours=3)) is first
    assert _shelf().read(session, token, "", at=noon) == first


def test_the_next_publication_is_there_at_once(
    session: Session, token: str, publish: Callable[[list[str]], None], noon: datetime
) -> None:
    shelf = _shelf()
    publish(["r-1"])
    before = shelf.read(session, token, "", at=noon)
    publish(["r-1", "r-2"])
    after = shelf.read(session, token, "", at=noon)
    assert after.etag != before.etag
    assert after.modified > before.modified
    assert [entry.revision for entry in read(after.plain)] == [1]


def test_a_new_day_is_read_anew(
    session: Session, token: str, publish: Callable[[list[str]], None], noon: datetime
) -> None:
    publish(["r-1"])
    shelf = _shelf()
    today = shelf.read(session, token, "", at=noon)
    long_after = shelf.read(session, token, "", at=noon + timedelta(days=200))
    assert len(read(today.plain)) == 1
    assert read(long_after.plain) == ()
    assert long_after.modified > today.modified


def test_the_packed_bytes_are_the_plain_ones(session: Session, token: str, noon: datetime) -> None:
    body = _shelf().read(session, token, "", at=noon)
    assert gzip.decompress(body.packed) == body.plain


def test_the_calendar_does_not_hold_its_own_secret_address(
    session: Session, token: str, publish: Callable[[list[str]], None], noon: datetime
) -> None:
    publish(["r-1"])
    assert token.encode() not in _shelf().read(session, token, "", at=noon).plain


def test_a_fetch_is_noted_with_the_kind_of_program(
    session: Session, token: str, noon: datetime
) -> None:
    _shelf().read(session, token, "Thunderbird", at=noon)
    (view,) = feeds_of(session, Actor(Role.REPRESENTATIVE, "r-1"), KEY, BASE, at=noon)
    assert (view.last_client, view.last_fetched_at) == ("Thunderbird", noon)
    assert session.get_one(tables.Feed, view.id).issue == 1
