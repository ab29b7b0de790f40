"""What every store does; the one in memory is the reference, the others are real servers."""

from datetime import UTC, datetime, timedelta

import pytest

from calendars import ical
from calendars.entry import Entry
from calendars.stores import (
    CalDavStore,
    CalendarStore,
    Changed,
    Ref,
    StoreError,
    TokenRefused,
    UidTaken,
)
from calendars.sync.copy import read_copy

START = datetime(2026, 6, 1, 9, tzinfo=UTC)


def body(uid: str, title: str = "Overleg Coevorden, é") -> bytes:
    entry = Entry(
        uid=uid,
        revision=1,
        revised_at=START,
        starts_at=START,
        ends_at=START + timedelta(hours=2),
        title=title,
    )
    return ical.resource(entry)


def written(store: CalendarStore, href: str, content: bytes, etag: str | None = None) -> str:
    told = store.put(href, content, etag=etag)
    (item,) = store.get([href])
    assert told in (None, item.etag)
    return item.etag


def kind_of(store: CalendarStore) -> str:
    return store.quirks.name if isinstance(store, CalDavStore) else "memory"


def trusts_tokens(store: CalendarStore) -> bool:
    return not isinstance(store, CalDavStore) or store.quirks.tells_bad_tokens


def test_a_new_calendar_is_empty(store: CalendarStore) -> None:
    assert store.listing() == ()


def test_an_item_comes_back_as_it_was_written(store: CalendarStore) -> None:
    etag = written(store, "a.ics", body("a"))
    assert store.listing() == (Ref("a.ics", etag),)
    (item,) = store.get(["a.ics", "missing.ics"])
    assert (item.href, item.etag) == ("a.ics", etag)
    assert read_copy(item.body) == read_copy(body("a"))


def test_creating_never_overwrites(store: CalendarStore) -> None:
    etag = written(store, "a.ics", body("a"))
    with pytest.raises((Changed, UidTaken)):
        store.put("a.ics", body("a", "Anders"), etag=None)
    assert store.listing() == (Ref("a.ics", etag),)


def test_a_write_over_the_known_version_gives_a_new_one(store: CalendarStore) -> None:
    first = written(store, "a.ics", body("a"))
    second = written(store, "a.ics", body("a", "Anders"), first)
    assert second != first


def test_a_write_over_another_version_is_refused(store: CalendarStore) -> None:
    first = written(store, "a.ics", body("a"))
    second = written(store, "a.ics", body("a", "Anders"), first)
    with pytest.raises(Changed):
        store.put("a.ics", body("a", "Te laat"), etag=first)
    assert store.listing() == (Ref("a.ics", second),)


def test_a_write_over_what_is_gone_is_refused(store: CalendarStore) -> None:
    etag = written(store, "a.ics", body("a"))
    store.delete("a.ics", etag=etag)
    with pytest.raises(StoreError):
        store.put("a.ics", body("a", "Te laat"), etag=etag)
    assert store.listing() == ()


def test_deleting_takes_away_the_known_version_only(store: CalendarStore) -> None:
    first = written(store, "a.ics", body("a"))
    second = written(store, "a.ics", body("a", "Anders"), first)
    with pytest.raises(Changed):
        store.delete("a.ics", etag=first)
    store.delete("a.ics", etag=second)
    assert store.listing() == ()


def test_deleting_what_is_gone_is_no_error(store: CalendarStore) -> None:
    etag = written(store, "a.ics", body("a"))
    store.delete("a.ics", etag=etag)
    store.delete("a.ics", etag=etag)


def test_one_uid_stands_under_one_name(store: CalendarStore) -> None:
    written(store, "a.ics", body("a"))
    if kind_of(store) == "DAViCal":  # takes it twice: only a name that never changes prevents that
        store.put("b.ics", body("a"), etag=None)
        return
    with pytest.raises(UidTaken):
        store.put("b.ics", body("a"), etag=None)


def test_a_token_tells_what_has_changed_since(store: CalendarStore) -> None:
    gone = written(store, "gone.ics", body("gone"))
    written(store, "same.ics", body("same"))
    old = written(store, "new.ics", body("new"))
    token = store.token()
    if not trusts_tokens(store):
        with pytest.raises(TokenRefused):
            store.changes(token or "any")
        return
    assert token is not None
    assert store.changes(token).changed == ()
    store.delete("gone.ics", etag=gone)
    etag = written(store, "new.ics", body("new", "Anders"), old)
    changes = store.changes(token)
    assert changes.changed == (Ref("new.ics", etag),)
    assert changes.removed == ("gone.ics",)
    assert store.changes(changes.token).changed == ()


def test_a_token_of_nobodys_is_refused(store: CalendarStore) -> None:
    with pytest.raises(TokenRefused):
        store.changes("http://example.org/nobody/1")


def test_many_items_come_at_once(store: CalendarStore) -> None:
    names = [f"{number}.ics" for number in range(12)]
    for name in names:
        store.put(name, body(name), etag=None)
    assert sorted(item.href for item in store.get(names)) == sorted(names)
    assert store.get([]) == ()
