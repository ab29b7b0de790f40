"""Finding calendars on real servers, and saying what is the matter where there are none."""

from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from urllib.parse import urlsplit

import pytest

from calendars.stores import (
    CalDavStore,
    Findings,
    Guard,
    Login,
    Problem,
    check_connection,
    make_calendar,
)

SERVERS = ["radicale", *(["xandikos"] if find_spec("xandikos") else [])]


def nowhere(_domain: str) -> tuple[tuple[str, int], ...]:
    return ()


@pytest.mark.parametrize("server", SERVERS)
def test_calendars_are_found_from_the_servers_root(
    server: str, home_of: Callable[[str], str], loopback: Guard, login: Login
) -> None:
    home = home_of(server)
    url = make_calendar(home, "gevonden", "Rooster <Emmen> & meer", login, loopback)
    root = urlsplit(home)._replace(path="/").geturl()
    findings = check_connection(root, login, loopback, nowhere)
    assert findings.problem is None
    assert {calendar.url: calendar.name for calendar in findings.calendars}[url] == (
        "Rooster <Emmen> & meer"
    )
    assert all(calendar.writable for calendar in findings.calendars)
    assert findings.sentence().startswith("De verbinding werkt.")


def test_making_a_calendar_twice_gives_the_same_one(
    home_of: Callable[[str], str], loopback: Guard, login: Login
) -> None:
    home = home_of("radicale")
    first = make_calendar(home, "eenmaal", "Rooster", login, loopback)
    assert make_calendar(home, "eenmaal", "Rooster", login, loopback) == first
    store = CalDavStore(first, login, loopback)
    assert store.listing() == ()
    store.close()


def test_a_wrong_password_is_called_that_and_tried_once_only(
    home_of: Callable[[str], str], loopback: Guard, login: Login
) -> None:
    findings = check_connection(
        home_of("radicale"), replace(login, password="fout"), loopback, nowhere
    )
    assert findings.problem is Problem.WRONG_LOGIN
    assert "wachtwoord" in findings.sentence()
    assert "password" in findings.sentence("en")


def test_a_place_that_is_not_public_is_called_that(login: Login) -> None:
    findings = check_connection("https://127.0.0.1/dav", login, Guard(), nowhere)
    assert findings.problem is Problem.NOT_ALLOWED


def test_a_mail_address_leads_to_its_domain_and_never_out_of_it(login: Login) -> None:
    asked: list[str] = []

    def look_up(host: str, _port: int) -> tuple[str, ...]:
        asked.append(host)
        return ("10.0.0.1",)

    def forged(domain: str) -> tuple[tuple[str, int], ...]:
        return (("evil.example", 443), (f"dav.{domain}", 443))

    findings = check_connection("an@example.org", login, Guard(look_up=look_up), forged)
    assert asked == ["dav.example.org", "example.org", "example.org"]
    assert findings.problem is Problem.NOT_ALLOWED


@pytest.mark.parametrize("problem", [None, *Problem])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_result_has_its_words(problem: Problem | None, language: str) -> None:
    sentence = Findings(problem=problem, elsewhere="https://dav.example.org/").sentence(language)
    assert sentence.endswith((".", "?"))
    assert "{" not in sentence
