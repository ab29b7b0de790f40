"""Every refusal of a server, said by a real one on this machine, as the error to act on."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from calendars.stores import (
    BadAnswer,
    Busy,
    CalDavStore,
    Changed,
    Forbidden,
    Full,
    Guard,
    Login,
    Missing,
    Quirks,
    Refused,
    StoreError,
    TokenRefused,
    UidTaken,
    Unauthorised,
    Unreachable,
)

UID_CONFLICT = (
    b'<error xmlns="DAV:"><no-uid-conflict xmlns="urn:ietf:params:xml:ns:caldav"/></error>'
)
BAD_TOKEN = b'<error xmlns="DAV:"><valid-sync-token/></error>'
SIGN_IN = b"<!doctype html><title>Inloggen<p>"


class Handler(BaseHTTPRequestHandler):
    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, headers, body = self.server.says_to.get(self.command, self.server.says)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_PUT = do_DELETE = do_PROPFIND = do_REPORT = answer  # noqa: N815 - the library's names

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.says_to = {}
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def store(server: ThreadingHTTPServer, login: Login, loopback: Guard) -> Iterator[CalDavStore]:
    found = CalDavStore(f"http://127.0.0.1:{server.server_address[1]}/cal/", login, loopback)
    yield found
    found.close()


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, b"", Refused),
        (401, b"", Unauthorised),
        (403, b"", Forbidden),
        (403, UID_CONFLICT, UidTaken),
        (404, b"", Missing),
        (409, b"", Missing),
        (409, UID_CONFLICT, UidTaken),
        (410, b"", Missing),
        (412, b"", Changed),
        (412, UID_CONFLICT, UidTaken),
        (415, b"", Refused),
        (429, b"", Busy),
        (500, b"", Unreachable),
        (502, b"", Unreachable),
        (503, b"", Unreachable),
        (507, b"", Full),
        (302, b"", Refused),
    ],
)
def test_a_refused_write_is_named_by_what_has_to_be_done(
    server: ThreadingHTTPServer, store: CalDavStore, status: int, body: bytes, error: type
) -> None:
    server.says = (status, {"Content-Type": "application/xml"}, body)
    with pytest.raises(StoreError) as caught:
        store.put("a.ics", b"BEGIN:VCALENDAR", etag=None)
    assert type(caught.value) is error


def test_a_conflict_in_a_calendar_that_is_there_is_about_the_uid(
    server: ThreadingHTTPServer, store: CalDavStore
) -> None:
    server.says = (409, {}, b"")
    there = b"""<multistatus xmlns="DAV:"><response><href>/cal/</href><propstat><prop>
        <resourcetype><collection/></resourcetype></prop><status>HTTP/1.1 200 OK</status>
        </propstat></response></multistatus>"""
    server.says_to = {"PROPFIND": (207, {"Content-Type": "application/xml"}, there)}
    with pytest.raises(UidTaken):
        store.put("a.ics", b"BEGIN:VCALENDAR", etag=None)


@pytest.mark.parametrize("status", [429, 503])
def test_how_long_to_wait_is_heard(
    server: ThreadingHTTPServer, store: CalDavStore, status: int
) -> None:
    server.says = (status, {"Retry-After": "120"}, b"")
    with pytest.raises(Busy) as caught:
        store.listing()
    assert caught.value.retry_after == timedelta(minutes=2)


@pytest.mark.parametrize(
    ("status", "body"), [(403, BAD_TOKEN), (409, b""), (412, BAD_TOKEN), (418, b""), (500, b"")]
)
def test_a_token_may_be_refused_in_any_way(
    server: ThreadingHTTPServer, store: CalDavStore, status: int, body: bytes
) -> None:
    server.says = (status, {}, body)
    with pytest.raises(TokenRefused):
        store.changes("token")


def test_a_token_that_proves_nothing_is_not_used(login: Login, loopback: Guard) -> None:
    quirks = Quirks(name="DAViCal", tells_bad_tokens=False)
    with pytest.raises(TokenRefused):
        CalDavStore("http://127.0.0.1:9/", login, loopback, quirks).changes("token")


@pytest.mark.parametrize("kind", ["text/html", "application/xml", "text/calendar"])
def test_a_sign_in_page_is_no_empty_calendar(
    server: ThreadingHTTPServer, store: CalDavStore, kind: str
) -> None:
    server.says = (200, {"Content-Type": kind}, SIGN_IN)
    with pytest.raises(BadAnswer):
        store.listing()


def test_an_etag_that_a_proxy_made_weak_is_strong_again(
    server: ThreadingHTTPServer, store: CalDavStore
) -> None:
    server.says = (201, {"ETag": 'W/"7"'}, b"")
    assert store.put("a.ics", b"BEGIN:VCALENDAR", etag=None) == '"7"'
