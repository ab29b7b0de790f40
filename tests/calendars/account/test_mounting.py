"""The account answers wherever it is put, called as a server calls it."""

from base64 import b64encode
from collections.abc import Callable
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest

from calendars.account import Calendar, Item, account_app
from calendars.account.storage import Rights
from calendars.errors import BadEntry

Ask = Callable[..., tuple[int, dict[str, str], bytes]]


@pytest.fixture
def ask(served: Any) -> Ask:
    """Calls the account without a server between; gives status, headers and body."""

    def call(method: str, script: str, path: str, **more: Any) -> tuple[int, dict[str, str], bytes]:
        answered: dict[str, Any] = {}
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": script,
            "PATH_INFO": path,
            "HTTP_AUTHORIZATION": f"Basic {b64encode(b'r1:appel-peer-noot').decode()}",
            **more,
        }
        setup_testing_defaults(environ)

        def start(status: str, headers: list[tuple[str, str]], *_: Any) -> None:
            answered.update(status=int(status[:3]), headers=dict(headers))

        body = b"".join(account_app(served.source)(environ, start))
        return answered["status"], answered["headers"], body

    return call


@pytest.mark.parametrize(
    ("script", "path", "home"),
    [
        ("/dav", "/", "/dav/r1/"),
        ("/dav", "", "/dav/r1/"),
        ("/dav/", "/", "/dav/r1/"),
        ("", "/dav/", "/dav/r1/"),
        ("", "/dav", "/dav/r1/"),
        ("/behind/dav", "/", "/behind/dav/r1/"),
        ("/behind", "/dav/", "/behind/dav/r1/"),
    ],
)
def test_addresses_begin_where_the_account_is_mounted(
    ask: Ask, script: str, path: str, home: str
) -> None:
    status, _, body = ask("PROPFIND", script, path)

    assert status == 207
    assert f"<current-user-principal><href>{home}</href>".encode() in body


@pytest.mark.parametrize(
    ("script", "path", "target"),
    [
        ("", "/.well-known/caldav", "/dav/"),
        ("", "/.well-known/caldav/", "/dav/"),
        ("/.well-known/caldav", "", "/dav/"),
        ("/behind", "/.well-known/caldav", "/behind/dav/"),
    ],
)
def test_the_well_known_address_leads_to_the_account(
    ask: Ask, script: str, path: str, target: str
) -> None:
    status, headers, _ = ask("PROPFIND", script, path)

    assert (status, headers["Location"]) == (301, target)


@pytest.mark.parametrize("path", ["/", "/davos/", "/elsewhere/dav/", ""])
def test_outside_its_prefix_there_is_nothing(ask: Ask, path: str) -> None:
    assert ask("PROPFIND", "", path)[0] == 404


def test_a_length_that_isnt_a_number_is_refused(ask: Ask) -> None:
    assert ask("PROPFIND", "/dav", "/", CONTENT_LENGTH="many")[0] == 400


def test_an_owner_whose_name_cant_be_an_address_is_our_own_fault(served: Any, ask: Ask) -> None:
    served.source.authenticate = lambda _name, _password, _program: "r1/../r2"
    try:
        with pytest.raises(ValueError, match="part of an address"):
            ask("PROPFIND", "/dav", "/")
    finally:
        del served.source.authenticate


@pytest.mark.parametrize(
    "fault", [{"name": "a/b"}, {"name": ""}, {"colour": "green"}, {"revision": -1}]
)
def test_a_calendar_that_cant_be_shown_is_refused(served: Any, fault: dict[str, Any]) -> None:
    (usual,) = served.source.calendars("r1")
    given = {name: getattr(usual, name) for name in ("name", "display_name", "revision")}

    with pytest.raises(BadEntry):
        Calendar(**(given | {"revised_at": usual.revised_at} | fault))


def test_an_item_with_a_name_that_cant_be_an_address_is_refused(served: Any) -> None:
    usual = served.source.items("r1", "overleggen")[0]

    with pytest.raises(BadEntry):
        Item(
            href="../x.ics",
            uid=usual.uid,
            fragment=usual.fragment,
            revised_at=usual.revised_at,
            starts_at=usual.starts_at,
            ends_at=usual.ends_at,
        )


def test_behind_the_guard_nobody_reads_anothers_and_nobody_writes() -> None:
    rights = Rights(None)

    granted = {
        path: rights.authorization("r1", set(), path)
        for path in ("/", "/r1/", "/r1/overleggen/", "/r1/overleggen/x.ics", "/r2/", "/r2/x/")
    }

    assert granted == {
        "/": "R",
        "/r1/": "R",
        "/r1/overleggen/": "r",
        "/r1/overleggen/x.ics": "r",
        "/r2/": "",
        "/r2/x/": "",
    }
