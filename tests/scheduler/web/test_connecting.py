"""The page Agenda: connect an own calendar, choose what for, see how it stands, let go."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from scheduler.db import tables
from scheduler.domain.terms import CalendarUse, DeliveryPhase
from scheduler.flows.outside import means_of, sync_calendars
from scheduler.settings import Settings
from scheduler.web.context import Context

FILE = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Iemand//NL\r\nBEGIN:VEVENT\r\nUID:een\r\n"
    b"DTSTAMP:20270101T000000Z\r\nDTSTART:20270310T090000Z\r\nDTEND:20270310T100000Z\r\n"
    b"SUMMARY:Tandarts\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(FILE)))
        self.end_headers()
        self.wfile.write(FILE)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    """A secret .ics address with one appointment."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/geheim-4711.ics"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def context(context: Context) -> Context:
    """The same, allowed to reach this machine."""
    return replace(context, settings=Settings.read({"AANTAFEL_ALLOW_PRIVATE_ADDRESSES": "1"}))


def connected(context: Context, client: TestClient, address: str) -> str:
    """Connect the address on the page and give the connection's id."""
    page = client.post("/agenda/afgevaardigde/r12/koppeling", data={"adres": address})
    assert page.status_code == 200, page.text
    with context.database.session() as session:
        return session.exec(select(tables.Connection)).one().id


def synced(context: Context) -> None:
    sync_calendars(
        means_of(context.settings, context.database, context.key, context.clock), asked_for=True
    )


def test_the_form_asks_for_an_address_and_an_app_password(representative: TestClient) -> None:
    page = representative.get("/agenda").text
    assert 'name="adres"' in page
    assert 'type="password" id="wachtwoord"' in page


def test_a_refusal_is_said_beside_what_was_typed_but_not_the_password(
    representative: TestClient, faults_of: Callable[[str], list[str]]
) -> None:
    answer = representative.post(
        "/agenda/afgevaardigde/r12/koppeling",
        data={
            "adres": "https://127.0.0.1/dav/",
            "gebruiker": "anneke",
            "wachtwoord": "zeer-geheim",
        },
    )
    assert answer.status_code == 400
    assert "Koppelen is niet gelukt" in answer.text
    assert 'value="anneke"' in answer.text
    assert "zeer-geheim" not in answer.text
    assert faults_of(answer.text) == []


def test_a_connected_calendar_says_how_it_stands_to_owner_and_coordinator(
    context: Context,
    representative: TestClient,
    coordinator: TestClient,
    address: str,
    faults_of: Callable[[str], list[str]],
) -> None:
    connected(context, representative, address)
    assert "Wij gaan er zo naar kijken." in representative.get("/agenda").text
    synced(context)
    own = representative.get("/agenda").text
    assert "1 keer bezet gelezen." in own
    assert "geheim-4711" not in own
    assert faults_of(own) == []
    everybody = coordinator.get("/agenda").text
    assert 'id="gekoppeld"' in everybody
    assert "1 keer bezet gelezen." in everybody
    assert faults_of(everybody) == []
    seen = coordinator.get("/agenda/afgevaardigde/r12").text
    assert "1 keer bezet gelezen." in seen
    assert 'name="adres"' not in seen
    assert "127.0.0.1:" not in re.sub(r"127\.0\.0\.1:8000", "", seen)


def test_its_owner_pauses_goes_on_and_disconnects(
    context: Context, representative: TestClient, address: str
) -> None:
    connection = connected(context, representative, address)
    synced(context)
    page = representative.post(f"/agenda/koppeling/{connection}/stil").text
    assert "Deze koppeling staat stil." in page
    page = representative.post(f"/agenda/koppeling/{connection}/verder").text
    assert "1 keer bezet gelezen." in page
    page = representative.post(f"/agenda/koppeling/{connection}/los").text
    assert "bezet gelezen" not in page
    with context.database.session() as session:
        assert session.exec(select(tables.Busy)).all() == []


@pytest.fixture
def waiting(context: Context) -> None:
    """A connection of r12 whose calendars each wait for something else."""
    with context.database.session() as session:
        session.add(
            tables.Connection(
                id="k-een",
                representative_id="r12",
                address="dav.example",
                username="anneke",
                sealed_secret=b"",
                created_at=context.clock(),
            )
        )
        session.flush()
        for number, (use, phase, asks) in enumerate(
            [
                (CalendarUse.WRITE, DeliveryPhase.PAUSED, False),
                (CalendarUse.BUSY, DeliveryPhase.PARKED, False),
                (CalendarUse.BUSY, DeliveryPhase.READY, True),
            ]
        ):
            session.add(
                tables.ConnectedCalendar(
                    id=f"kc-{number}",
                    connection_id="k-een",
                    use=use,
                    url=f"https://dav.example/{number}/",
                    name=f"Agenda {number}",
                    is_chosen=True,
                    asks_if_empty=asks,
                    phase=phase,
                    failing_since=context.clock() if phase is DeliveryPhase.PARKED else None,
                )
            )


def test_what_waits_for_its_owner_has_a_button(
    waiting: None, representative: TestClient, faults_of: Callable[[str], list[str]]
) -> None:
    page = representative.get("/agenda").text
    assert faults_of(page) == []
    assert "Ga verder met dit wachtwoord" in page
    assert "Opnieuw proberen" in page
    assert "Ja, dat klopt" in page
    assert "Het lukt niet sinds dinsdag 2 maart" in page
    assert "Ja, dat klopt" not in representative.post("/agenda/koppelagenda/kc-2/leeg").text
    assert "Opnieuw proberen" not in representative.post("/agenda/koppeling/k-een/opnieuw").text


def test_its_owner_chooses_which_calendars_are_read(
    waiting: None, context: Context, representative: TestClient
) -> None:
    representative.post("/agenda/koppeling/k-een/keuze", data={"lezen": ["kc-2"], "schrijven": ""})
    with context.database.session() as session:
        chosen = [row.id for row in session.exec(select(tables.ConnectedCalendar)) if row.is_chosen]
    assert chosen == ["kc-2"]


def test_the_coordinator_is_not_shown_an_empty_list(coordinator: TestClient) -> None:
    assert 'id="gekoppeld"' not in coordinator.get("/agenda").text
