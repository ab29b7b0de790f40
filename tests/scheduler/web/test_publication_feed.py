"""The feed of publications: valid Atom, by a secret address, and without anybody's name."""

import re
from collections.abc import Callable
from datetime import datetime
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from starlette.testclient import TestClient

from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotAllowed
from scheduler.domain.terms import Role
from scheduler.flows.feeds.addresses import feeds_of
from scheduler.flows.publishing.publication_feed import feed_address, renew_address
from scheduler.web.context import Context
from scheduler.web.pace import Pace

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def address(coordinator: TestClient) -> Callable[[], str]:
    def read() -> str:
        found = re.search(
            r"(/publicaties/[a-z2-7]{32}/aan-tafel\.atom)", coordinator.get("/publicaties").text
        )
        return found[1]

    return read


def only(parent: Element, name: str) -> str:
    """The text of a child that must be there once (RFC 4287, sections 4.1.1 and 4.1.2)."""
    (found,) = parent.findall(ATOM + name)
    return found.text


def test_it_is_valid_atom(browser: Callable[..., TestClient], address: Callable[[], str]) -> None:
    answer = browser().get(address())
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    root = fromstring(answer.content)
    assert root.tag == ATOM + "feed"
    assert only(root, "title") == "Aan Tafel, Drenthe: publicaties"
    assert only(root.find(ATOM + "author"), "name") == "Aan Tafel"
    entries = root.findall(ATOM + "entry")
    named = [only(each, "id") for each in (root, *entries)]
    assert len(set(named)) == 3
    assert all(each.startswith("tag:aantafel.invalid,2025:") for each in named)
    for each in (root, *entries):
        assert datetime.fromisoformat(only(each, "updated")).tzinfo is not None
        assert [link.get("rel") for link in each.findall(ATOM + "link")] == ["alternate"]


def test_each_publication_tells_what_it_changed(
    browser: Callable[..., TestClient], address: Callable[[], str]
) -> None:
    entries = fromstring(browser().get(address()).content).findall(ATOM + "entry")
    assert [only(each, "title") for each in entries] == [
        "Publicatie 2: 1 overleg veranderde",
        "Publicatie 1: 6 overleggen veranderden",
    ]
    (content,) = entries[0].findall(ATOM + "content")
    assert content.get("type") == "html"
    said: list[str] = []
    reader = HTMLParser()
    reader.handle_data = said.append
    reader.feed(content.text)
    assert said == ["Wonen met zorg Emmen, dinsdag 30 maart 2027: gaat niet door"]


def test_nobodys_name_is_in_it(
    browser: Callable[..., TestClient], address: Callable[[], str]
) -> None:
    assert "Afgevaardigde" not in browser().get(address()).text


def test_a_reader_that_has_it_gets_nothing_more(
    browser: Callable[..., TestClient], address: Callable[[], str]
) -> None:
    client, path = browser(), address()
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": f"W/{first.headers['etag']}"})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(path, headers={"If-None-Match": '"other"'}).content == first.content


def test_a_new_address_closes_the_old_one(
    coordinator: TestClient, browser: Callable[..., TestClient], address: Callable[[], str]
) -> None:
    old = address()
    page = coordinator.post("/publicaties/nieuw-adres")
    assert "Het oude adres werkt niet meer." in page.text
    assert (browser().get(old).status_code, browser().get(address()).status_code) == (410, 200)


def test_the_page_says_when_it_was_fetched(
    coordinator: TestClient, browser: Callable[..., TestClient], address: Callable[[], str]
) -> None:
    browser().get(address())
    assert "Het laatst opgehaald" in coordinator.get("/publicaties").text


def test_other_feeds_and_other_tokens_open_nothing_here(
    context: Context, browser: Callable[..., TestClient], address: Callable[[], str]
) -> None:
    with context.database.session() as session:
        calendar = feeds_of(session, COORDINATOR, context.key, "", at=context.clock())[0]
    token = calendar.url.split("/")[2]
    client = browser()
    assert client.get(f"/publicaties/{token}/aan-tafel.atom").status_code == 404
    assert client.get("/publicaties/nietbekend/aan-tafel.atom").status_code == 404
    assert client.get(f"/feeds/{address().split('/')[2]}/publicaties.ics").status_code == 404


def test_a_reader_gone_wild_is_slowed_down(
    browser: Callable[..., TestClient], address: Callable[[], str]
) -> None:
    client, path = browser(), address()
    client.app.state.feeds.pace = Pace(a_minute=2, clock=lambda: 0)
    answers = [client.get(path) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["retry-after"] == "30"


def test_only_who_plans_for_all_has_the_address(context: Context) -> None:
    somebody = Actor(Role.MUNICIPALITY, "GM0114")
    with context.database.session() as session:
        with pytest.raises(NotAllowed):
            feed_address(session, somebody, context.key, "", at=context.clock())
        with pytest.raises(NotAllowed):
            renew_address(session, somebody, context.key, at=context.clock())
