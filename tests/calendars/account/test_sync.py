"""Hearing of changes only (RFC 6578)."""

from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from calendars.account import item_of
from calendars.entry import Entry

CALENDAR = "/dav/r1/overleggen/"
D = {"D": "DAV:"}

Sync = Callable[..., tuple[str, dict[str, str]]]


@pytest.fixture
def sync(served: Any) -> Iterator[Sync]:
    """Asks for changes since a token; gives the new token, and each href with its status."""
    with served.client() as client:

        def ask(token: str = "") -> tuple[str, dict[str, str]]:
            answer = client.request("REPORT", CALENDAR, content=_body(token))
            assert answer.status_code == 207, answer.text
            root = fromstring(answer.text)
            found = {
                each.findtext("D:href", "", D).removeprefix(CALENDAR): (
                    each.findtext(".//D:getetag", "", D) or each.findtext("D:status", "", D)
                )
                for each in root.iterfind("D:response", D)
            }
            return root.findtext("D:sync-token", "", D), found

        yield ask


def _body(token: str) -> str:
    return (
        f'<D:sync-collection xmlns:D="DAV:"><D:sync-token>{token}</D:sync-token>'
        "<D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>"
    )


def _refused(served: Any, token: str) -> bool:
    with served.client() as client:
        answer = client.request("REPORT", CALENDAR, content=_body(token))
    return answer.status_code == 403 and "valid-sync-token" in answer.text


def test_the_first_time_everything_is_told(sync: Sync, make_entry: Callable[..., Entry]) -> None:
    _, found = sync()

    assert found.keys() == {item_of(make_entry(number)).href for number in (1, 2, 3)}


def test_when_nothing_happened_nothing_is_told_and_the_token_stays(sync: Sync) -> None:
    token, _ = sync()

    assert sync(token) == (token, {})


def test_additions_changes_and_removals_are_told_once(
    served: Any, sync: Sync, make_entry: Callable[..., Entry]
) -> None:
    token, first = sync()
    added = served.source.put("r1", make_entry(4))
    changed = served.source.put("r1", make_entry(1, title="Verzet", revision=2))
    served.source.remove("r1", make_entry(2))

    later, found = sync(token)

    assert found.keys() == {added.href, changed.href, item_of(make_entry(2)).href}
    assert "404" in found[item_of(make_entry(2)).href]
    assert found[changed.href] != first[changed.href]
    assert sync(later) == (later, {})


def test_what_came_and_went_in_between_is_told_as_gone(
    served: Any, sync: Sync, make_entry: Callable[..., Entry]
) -> None:
    token, _ = sync()
    served.source.put("r1", make_entry(5))
    served.source.remove("r1", make_entry(5))

    _, found = sync(token)

    assert list(found) == [item_of(make_entry(5)).href]
    assert "404" in found[item_of(make_entry(5)).href]


def test_the_token_is_the_same_as_a_property(served: Any, sync: Sync) -> None:
    token, _ = sync()
    with served.client() as client:
        answer = client.request(
            "PROPFIND",
            CALENDAR,
            content='<D:propfind xmlns:D="DAV:"><D:prop><D:sync-token/></D:prop></D:propfind>',
        )

    assert fromstring(answer.text).findtext(".//D:sync-token", None, D) == token


def test_a_token_that_is_too_old_is_refused(served: Any, sync: Sync) -> None:
    token, _ = sync()
    assert not _refused(served, token)

    served.source.forgotten_before = 4
    served.source.put("r1", served.source.entries["r1"].copy().popitem()[1])

    assert _refused(served, token)


def test_a_token_from_before_revisions_were_counted_anew_is_refused(
    served: Any, sync: Sync
) -> None:
    token, _ = sync()

    served.source.epoch = "restored"

    assert _refused(served, token)


def test_a_token_from_the_future_is_refused(served: Any, sync: Sync) -> None:
    token, _ = sync()

    assert _refused(served, token.removesuffix(":3") + ":4")


def test_another_owners_token_is_refused(served: Any) -> None:
    with served.client("r2") as theirs:
        answer = theirs.request("REPORT", "/dav/r2/overleggen/", content=_body(""))
    token = fromstring(answer.text).findtext("D:sync-token", "", D)

    assert _refused(served, token)


@pytest.mark.parametrize(
    "token", ["x", "http://radicale.org/ns/sync/1", "data:,-1", "é", "9" * 999]
)
def test_a_foreign_token_is_refused(served: Any, token: str) -> None:
    assert _refused(served, token)
