"""Fetching from an address: only public ones, unless the operator says otherwise."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from scheduler.domain.errors import BadInput
from scheduler.flows.importing.fetch_calendar import fetch_calendar

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        inside, outside = "/agenda.ics", "http://10.0.0.1/geheim"
        onward = {"/door": inside, "/weg": outside}.get(self.path)
        self.send_response(302 if onward else 200 if self.path == inside else 404)
        if onward:
            self.send_header("Location", onward)
        self.send_header("Content-Length", str(len(CALENDAR)))
        self.end_headers()
        self.wfile.write(CALENDAR)

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AANTAFEL_ALLOW_PRIVATE_ADDRESSES", "1")


def test_a_private_address_is_refused(server: str) -> None:
    with pytest.raises(BadInput, match="Nothing has changed"):
        fetch_calendar(f"{server}/agenda.ics")


@pytest.mark.parametrize(
    "address", ["http://localhost/x", "file:///etc/passwd", "https://[::1]/", "x"]
)
def test_other_ways_in_are_refused(address: str) -> None:
    with pytest.raises(BadInput):
        fetch_calendar(address)


def test_an_operator_may_allow_them(server: str, allowed: None) -> None:
    assert fetch_calendar(f"{server}/agenda.ics") == CALENDAR
    assert fetch_calendar(f"{server}/door") == CALENDAR


def test_what_isnt_there_is_told(server: str, allowed: None) -> None:
    with pytest.raises(BadInput, match="status 404"):
        fetch_calendar(f"{server}/weg.ics")
