"""The live account as mounted in the application, used by somebody else's client."""

from collections.abc import Iterator

import caldav
import httpx2
import pytest

from scheduler.flows.access.accounts import IssuedAccount

pytestmark = pytest.mark.peers


@pytest.fixture
def calendar(issued: IssuedAccount) -> Iterator[caldav.Calendar]:
    with caldav.DAVClient(
        url=issued.url, username=issued.username, password=issued.password, auth_type="basic"
    ) as client:
        calendars = client.principal().calendars()
        (found,) = [each for each in calendars if each.get_display_name() == "Aan Tafel"]
        yield found


def _summaries(calendar: caldav.Calendar) -> set[str]:
    return {str(event.icalendar_component["SUMMARY"]) for event in calendar.events()}


def test_a_client_finds_the_meetings(calendar: caldav.Calendar) -> None:
    assert _summaries(calendar) == {
        "Terugblik Assen",
        "Voorbereiding bod Assen",
        "Woonvisie Tynaarlo",
        "Provinciaal overleg urgentieregels",
    }


def test_a_client_hears_of_nothing_while_nothing_changes(calendar: caldav.Calendar) -> None:
    token = calendar.get_objects_by_sync_token(disable_fallback=True).sync_token
    again = calendar.get_objects_by_sync_token(token, disable_fallback=True)
    assert list(again) == []


@pytest.mark.parametrize("method", ["GET", "PROPFIND"])
def test_a_program_that_knows_only_the_host_is_led_on(served: str, method: str) -> None:
    answer = httpx2.request(method, f"{served}/.well-known/caldav")
    assert (answer.status_code, answer.headers["location"]) == (301, "/dav/")


@pytest.mark.parametrize("auth", [None, ("r12", "wrong"), ("r4", "")])
def test_nobody_comes_in_without_the_password(
    served: str, issued: IssuedAccount, auth: tuple[str, str] | None
) -> None:
    answer = httpx2.request("PROPFIND", f"{served}/dav/r12/overleggen/", auth=auth)
    assert answer.status_code == 401


def test_one_account_does_not_show_another(issued: IssuedAccount) -> None:
    auth = (issued.username, issued.password)
    foreign = httpx2.request("PROPFIND", f"{issued.url}r4/overleggen/", auth=auth)
    absent = httpx2.request("PROPFIND", f"{issued.url}nobody/overleggen/", auth=auth)
    assert foreign.status_code == absent.status_code
    assert foreign.status_code in {403, 404}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "r12/overleggen/new.ics", b"BEGIN:VCALENDAR"),
        ("MKCALENDAR", "r12/mine/", b""),
        ("PROPPATCH", "r12/overleggen/", b"<x/>"),
        ("REPORT", "r12/overleggen/", b"<!DOCTYPE b [<!ENTITY a 'a'>]><b>&a;</b>"),
        ("PROPFIND", "../../etc/passwd", b""),
        ("PROPFIND", "r12/" + "a" * 3000, b""),
        ("PUT", "r12/overleggen/large.ics", b"A" * 5_000_000),
    ],
)
def test_what_is_hostile_is_refused_and_never_an_error(
    issued: IssuedAccount, method: str, path: str, body: bytes
) -> None:
    auth = (issued.username, issued.password)
    answer = httpx2.request(method, f"{issued.url}{path}", content=body, auth=auth, timeout=30)
    assert 400 <= answer.status_code < 500
