"""Signing in by a link, in the browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.terms import Role
from scheduler.web.context import Context

Browser = Callable[..., TestClient]
Link = Callable[..., str]


def test_opening_a_link_from_a_mail_never_uses_it(browser: Browser, link: Link) -> None:
    path = link(Actor(Role.REPRESENTATIVE, "r12"), loopback_only=False)
    for _ in range(3):
        page = browser().get(path)
        assert page.status_code == 200
        assert "Ja, log mij in" in page.text
        assert "set-cookie" not in page.headers
    assert browser().post(path).url.path == "/"


def test_opening_a_link_from_this_computer_signs_in(browser: Browser, link: Link) -> None:
    path = link(COORDINATOR)
    assert "Coördinator, Drenthe" in browser().get(path).text
    assert browser().get(path).status_code == 410


@pytest.mark.parametrize(
    ("holder", "sentence"),
    [
        (COORDINATOR, "U logt in als coördinator."),
        (Actor(Role.REPRESENTATIVE, "r12"), "U logt in als Afgevaardigde 12."),
        (Actor(Role.MUNICIPALITY, "GM0114"), "U logt in voor de gemeente Emmen."),
    ],
)
def test_the_button_stands_beside_who_it_signs_in(
    browser: Browser, link: Link, holder: Actor, sentence: str
) -> None:
    assert sentence in browser().get(link(holder, loopback_only=False)).text


def test_the_button_signs_in_and_the_link_is_spent(browser: Browser, link: Link) -> None:
    path = link(COORDINATOR)
    assert "Coördinator, Drenthe" in browser().post(path).text
    again = browser().post(path)
    assert again.status_code == 410
    assert "Er is niets veranderd." in again.text


def test_a_reusable_link_works_again(browser: Browser, link: Link) -> None:
    path = link(COORDINATOR, reusable=True)
    for _ in range(2):
        assert browser().post(path).status_code == 200


def test_a_link_runs_out(browser: Browser, link: Link, clock: Callable) -> None:
    path = link(COORDINATOR, minutes=30)
    clock.now += timedelta(minutes=30)
    assert browser().get(path).status_code == 410
    assert browser().post(path).status_code == 410


def test_a_session_runs_out(coordinator: TestClient, clock: Callable) -> None:
    clock.now += timedelta(days=30)
    assert coordinator.get("/").url.path == "/inloggen"


@pytest.mark.parametrize("host", ["192.0.2.7", "2001:db8::7", "testclient"])
def test_a_loopback_link_is_refused_from_elsewhere(browser: Browser, link: Link, host: str) -> None:
    path = link(COORDINATOR)
    assert browser(host).get(path).status_code == 403
    assert browser(host).post(path).status_code == 403
    assert browser().post(path).status_code == 200


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_a_loopback_link_is_refused_through_a_proxy(
    browser: Browser, link: Link, header: str
) -> None:
    answer = browser().post(link(COORDINATOR), headers={header: "127.0.0.1"})
    assert answer.status_code == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1"])
def test_every_loopback_address_is_this_computer(browser: Browser, link: Link, host: str) -> None:
    assert browser(host).post(link(COORDINATOR)).status_code == 200


def test_a_link_for_everywhere_works_from_elsewhere(browser: Browser, link: Link) -> None:
    path = link(Actor(Role.MUNICIPALITY, "GM0114"), loopback_only=False)
    assert "Gemeente Emmen" in browser("192.0.2.7").post(path).text


def test_an_unknown_link_looks_like_a_spent_one(browser: Browser, link: Link) -> None:
    path = link(COORDINATOR)
    browser().post(path)
    assert browser().get("/inloggen/onbekend").text == browser().get(path).text


def test_signing_out_ends_the_session_in_the_database(coordinator: TestClient) -> None:
    kept = coordinator.cookies["aantafel"]
    assert "U bent uitgelogd." in coordinator.post("/uitloggen").text
    coordinator.cookies.set("aantafel", kept)
    assert coordinator.get("/").url.path == "/inloggen"


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(
    browser: Browser, link: Link
) -> None:
    answer = browser().post(link(COORDINATOR), follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Max-Age=2592000" in cookie
    assert "Secure" not in cookie


def test_over_tls_the_cookie_demands_it(
    browser: Browser, link: Link, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = link(COORDINATOR)
    monkeypatch.setattr(Context, "base_url", "https://aantafel.example")
    assert "Secure" in browser().post(path, follow_redirects=False).headers["set-cookie"]
