"""Subscriptions: whose they are, and what their addresses open."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from scheduler.db import feeds, tables
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import Gone, NotFound
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import FeedKind, Role
from scheduler.flows.feeds.addresses import count_feeds, feed_of, feeds_of, renew_feed

KEY = SecretKey(b"k" * 32)
BASE = "https://tafel.test"
Clock = Callable[[], datetime]


def _token(url: str) -> str:
    return url.split("/")[-2]


def test_a_coordinator_has_a_feed_of_everybody(session: Session, noon: datetime) -> None:
    kinds = [view.kind for view in feeds_of(session, COORDINATOR, KEY, BASE, at=noon)]
    assert kinds.count("representative") == 3
    assert kinds.count("organisation") == 2
    assert kinds.count("municipality") == 2
    assert kinds.count("corporation") == 1
    assert kinds.count("province") == 1


@pytest.mark.parametrize(
    ("actor", "names"),
    [
        (Actor(Role.REPRESENTATIVE, "r-2"), ["Afgevaardigde 2"]),
        (Actor(Role.MUNICIPALITY, "GM0106"), ["Assen"]),
        (Actor(Role.CORPORATION, "actium"), ["Actium"]),
    ],
)
def test_others_have_only_their_own(
    session: Session, noon: datetime, actor: Actor, names: list[str]
) -> None:
    assert [view.name for view in feeds_of(session, actor, KEY, BASE, at=noon)] == names


def test_a_part_of_the_list_is_that_part_of_the_whole(session: Session, noon: datetime) -> None:
    first = feeds_of(session, COORDINATOR, KEY, BASE, at=noon, part=slice(3))
    rest = feeds_of(session, COORDINATOR, KEY, BASE, at=noon, part=slice(3, None))
    assert first[0].kind == FeedKind.PROVINCE
    assert (*first, *rest) == feeds_of(session, COORDINATOR, KEY, BASE, at=noon)
    assert len(first) + len(rest) == count_feeds(session, COORDINATOR)


def test_one_feed_is_the_one_in_the_list_and_never_somebody_elses(
    session: Session, noon: datetime
) -> None:
    actor = Actor(Role.REPRESENTATIVE, "r-2")
    about = {"kind": FeedKind.REPRESENTATIVE, "at": noon}
    (listed,) = feeds_of(session, actor, KEY, BASE, at=noon)
    assert feed_of(session, actor, KEY, BASE, subject_id="r-2", **about) == listed
    with pytest.raises(NotFound):
        feed_of(session, actor, KEY, BASE, subject_id="r-1", **about)


def test_an_address_ends_in_a_readable_name(session: Session, noon: datetime) -> None:
    (view,) = feeds_of(session, Actor(Role.MUNICIPALITY, "GM0106"), KEY, BASE, at=noon)
    assert view.url.startswith("https://tafel.test/feeds/")
    assert view.url.endswith("/assen.ics")


def test_an_address_is_shown_again_the_same(session: Session, noon: datetime) -> None:
    first = feeds_of(session, COORDINATOR, KEY, BASE, at=noon)
    assert feeds_of(session, COORDINATOR, KEY, BASE, at=noon) == first


def test_no_token_is_stored(session: Session, noon: datetime) -> None:
    views = feeds_of(session, COORDINATOR, KEY, BASE, at=noon)
    stored = {row.token_hash for row in session.exec(select(tables.FeedToken))}
    assert not stored & {_token(view.url) for view in views}
    assert len(stored) == len(views)


def test_a_token_opens_its_feed(session: Session, noon: datetime) -> None:
    (view,) = feeds_of(session, Actor(Role.REPRESENTATIVE, "r-2"), KEY, BASE, at=noon)
    feed = feeds.feed_by_token(session, _token(view.url))
    assert feeds.subject_of(session, feed).id == "r-2"


def test_an_unknown_token_opens_nothing(session: Session) -> None:
    with pytest.raises(NotFound):
        feeds.feed_by_token(session, "a" * 32)


def test_a_renewed_address_withdraws_the_old_one(session: Session, noon: datetime) -> None:
    actor = Actor(Role.REPRESENTATIVE, "r-2")
    (old,) = feeds_of(session, actor, KEY, BASE, at=noon)
    new = renew_feed(
        session, actor, KEY, BASE, kind=FeedKind.REPRESENTATIVE, subject_id="r-2", at=noon
    )
    assert feeds.feed_by_token(session, _token(new.url)).id == old.id
    with pytest.raises(Gone):
        feeds.feed_by_token(session, _token(old.url))


def test_nobody_renews_somebody_elses(session: Session, noon: datetime) -> None:
    with pytest.raises(NotFound):
        renew_feed(
            session,
            Actor(Role.REPRESENTATIVE, "r-2"),
            KEY,
            BASE,
            kind=FeedKind.REPRESENTATIVE,
            subject_id="r-1",
            at=noon,
        )


def test_a_fetch_is_noted_at_most_every_five_minutes(session: Session, noon: datetime) -> None:
    (view,) = feeds_of(session, Actor(Role.REPRESENTATIVE, "r-2"), KEY, BASE, at=noon)
    feed = feeds.feed_by_token(session, _token(view.url))
    feeds.note_fetch(feed, "Thunderbird", at=noon)
    feeds.note_fetch(feed, "Thunderbird", at=noon + timedelta(minutes=4))
    assert feed.last_fetched_at == noon
    feeds.note_fetch(feed, "Thunderbird", at=noon + timedelta(minutes=5))
    assert feed.last_fetched_at == noon + timedelta(minutes=5)


def test_two_who_look_for_the_first_time_get_one_feed(
    session: Session, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second looks before the first has written, and writes after it."""
    (first,) = feeds_of(session, Actor(Role.REPRESENTATIVE, "r-2"), KEY, BASE, at=noon)
    really, looks = feeds._found, iter([True])
    monkeypatch.setattr(
        feeds, "_found", lambda *asked: None if next(looks, False) else really(*asked)
    )
    (second,) = feeds_of(session, Actor(Role.REPRESENTATIVE, "r-2"), KEY, BASE, at=noon)
    assert second == first
