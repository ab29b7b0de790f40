"""Telling, reading and answering on the pages: no script, by link or signed in."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from scheduler.db import tables
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.links import Links
from scheduler.domain.terms import Role
from scheduler.flows.agenda.items import TypedItem, add_item
from scheduler.flows.input.author import author_of
from scheduler.flows.input.form import REASON, STANCE, field_of
from scheduler.flows.input.give import give_input, own_occasion
from scheduler.flows.report_back.links import writing_link
from scheduler.web.context import Context

AFTER = datetime(2027, 4, 22, 9, tzinfo=UTC)
FORM = "/overleg/m-urgentie/terugkoppeling/schrijven"
READ = "/overleg/m-urgentie/terugkoppeling"
TYPED = {
    "version": "0",
    "title-0": "Urgentie na een scheiding",
    "said-0": "Er komt één regel",
    "outcome-0": "decided",
    "what-0-0": "De provincie stuurt de tekst",
    "due-0-0": "2027-05-10",
    "voice-0-sbde": "in_vain",
    "coming": "Volgend overleg in juni",
}


class Clock(Protocol):
    now: datetime


Enter = Callable[[Actor], TestClient]


@pytest.fixture
def writer(clock: Clock, signed_in: Enter) -> TestClient:
    clock.now = AFTER
    return signed_in(Actor(Role.REPRESENTATIVE, "r4"))


@pytest.fixture
def board(writer: TestClient, signed_in: Enter) -> TestClient:
    return signed_in(Actor(Role.BOARD, "sbde"))


def _send(client: TestClient, form: str = FORM) -> None:
    over = client.post(form, data={**TYPED, "knop": "nalezen"})
    assert "Lees het na" in over.text
    assert "Er komt één regel. Dit is besloten." in over.text
    short = {"short": "Er komt één regel.", "knop": "stuur"}
    sent = client.post(f"{form}/nalezen", data=short)
    assert "Dank u. Uw terugkoppeling is verstuurd." in sent.text


def test_who_went_writes_reads_over_and_sends(
    writer: TestClient, board: TestClient, faults_of: Callable[[str], list[str]]
) -> None:
    form = writer.get(FORM)
    assert "Is de stem van SBDE gehoord?" in form.text
    assert faults_of(form.text) == []
    _send(writer)
    page = board.get(READ).text
    assert "Gezegd, maar er gebeurde niets mee: <b>SBDE</b>" in page
    assert "De provincie stuurt de tekst" in page
    assert faults_of(page) == []
    assert "Wat er is besproken" in board.get("/").text


def test_nothing_typed_is_lost(writer: TestClient, faults_of: Callable[[str], list[str]]) -> None:
    more = writer.post(FORM, data={**TYPED, "outcome-0": "", "knop": "afspraak:0"}).text
    assert 'name="what-0-1"' in more
    faulty = writer.post(FORM, data={**TYPED, "outcome-0": "", "knop": "nalezen"})
    assert faulty.status_code == 400
    assert "Kies wat er is besloten." in faulty.text
    assert faults_of(faulty.text) == []
    again = writer.get(FORM).text
    assert "Er komt één regel" in again
    assert "Volgend overleg in juni" in again
    assert "Bewaard om" in again


def test_what_is_typed_is_kept_while_it_is_typed(writer: TestClient) -> None:
    kept = writer.post(FORM, data={**TYPED, "said-0": "Half getypt", "knop": "houd"})
    assert (kept.status_code, kept.text) == (204, "")
    form = writer.get(FORM).text
    assert "Half getypt" in form
    assert "data-keep" in form


def test_the_form_quotes_what_who_was_spoken_for_asked(
    clock: Clock, signed_in: Enter, context: Context, faults_of: Callable[[str], list[str]]
) -> None:
    with context.database.session() as session:
        item = add_item(
            session, COORDINATOR, "m-urgentie", TypedItem(title="Voorrang"), at=clock.now
        )
        author = author_of(session, Actor(Role.BOARD, "sbde"))
        occasion = own_occasion(session, author, "m-urgentie", 10)
        said = {field_of(STANCE, item): "tegen", field_of(REASON, item): "Wij wachten al jaren"}
        give_input(session, author, occasion, said, at=clock.now)
    clock.now = AFTER
    form = signed_in(Actor(Role.REPRESENTATIVE, "r4")).get(FORM).text
    assert "SBDE vroeg: <b>tegen</b> “Wij wachten al jaren”" in form
    assert faults_of(form) == []


def test_what_has_to_be_told_stands_on_the_first_page_until_it_is(writer: TestClient) -> None:
    assert FORM in writer.get("/").text
    _send(writer)
    assert FORM not in writer.get("/").text


def test_a_colleague_sees_what_was_begun_and_goes_on_with_it(
    writer: TestClient, signed_in: Enter
) -> None:
    writer.post(FORM, data={**TYPED, "knop": "bewaar"})
    colleague = signed_in(Actor(Role.REPRESENTATIVE, "r12"))
    assert "Afgevaardigde 4 is hiermee begonnen" in colleague.get(FORM).text
    assert "Er komt één regel" in colleague.post(FORM, data={"knop": "verder-met:r4"}).text


def test_who_is_second_sees_what_was_sent_and_keeps_the_text(
    writer: TestClient, signed_in: Enter
) -> None:
    colleague = signed_in(Actor(Role.REPRESENTATIVE, "r12"))
    colleague.post(FORM, data={**TYPED, "said-0": "Anders", "knop": "nalezen"})
    _send(writer)
    late = colleague.post(f"{FORM}/nalezen", data={"short": "", "knop": "stuur"})
    assert late.status_code == 409
    assert "Een collega was net eerder" in late.text
    assert "Anders" in late.text


def test_the_same_form_sent_twice_tells_once(writer: TestClient, context: Context) -> None:
    _send(writer)
    writer.post(f"{FORM}/nalezen", data={"short": "Er komt één regel.", "knop": "stuur"})
    with context.database.session() as session:
        assert len(session.exec(select(tables.ReportBack)).all()) == 1


def test_a_correction_says_so_and_keeps_what_was(writer: TestClient, board: TestClient) -> None:
    _send(writer)
    assert "U verbetert wat al verstuurd is." in writer.get(FORM).text
    writer.post(FORM, data={**TYPED, "version": "1", "coming": "In juli", "knop": "nalezen"})
    over = {"short": "Kort", "why": "Verkeerde maand", "knop": "stuur"}
    writer.post(f"{FORM}/nalezen", data=over)
    page = board.get(READ).text
    assert "Verkeerde maand" in page
    assert "In juli" in page
    assert "Volgend overleg in juni" in page


def test_by_the_link_in_the_mail_it_goes_without_signing_in(
    writer: TestClient, browser: Callable[..., TestClient], context: Context
) -> None:
    link = writing_link(Links(context.key), "", "r4", "m-urgentie")
    phone = browser()
    assert "Wat is er besproken?" in phone.get(link).text
    _send(phone, f"{link}/schrijven")
    assert "Er komt één regel" in phone.get(link).text
    assert phone.get("/terugkoppelingen", follow_redirects=False).status_code == 303


def test_looking_at_the_link_changes_nothing(
    writer: TestClient, browser: Callable[..., TestClient], context: Context
) -> None:
    link = writing_link(Links(context.key), "", "r4", "m-urgentie")
    for address in (link, f"{link}/schrijven", f"{link}/schrijven/nalezen"):
        browser().get(address)
    with context.database.session() as session:
        assert session.exec(select(tables.ReportBack)).all() == []
        assert session.exec(select(tables.FormDraft)).all() == []


def test_a_board_says_it_wasnt_asked_and_gets_one_answer(
    writer: TestClient, board: TestClient, coordinator: TestClient
) -> None:
    _send(writer)
    empty = board.post(f"{READ}/reactie", data={"reactie": "niet-gevraagd", "tekst": ""})
    assert (empty.status_code, "Schrijf wat u wilt zeggen." in empty.text) == (400, True)
    words = {"reactie": "niet-gevraagd", "tekst": "Wij wilden twee regels"}
    assert "Het is verstuurd." in board.post(f"{READ}/reactie", data=words).text
    assert "SBDE wacht op antwoord" in coordinator.get("/").text
    page = writer.get(READ).text
    reaction = page.partition('name="reactie" value="')[2].partition('"')[0]
    writer.post(READ, data={"reactie": reaction, "tekst": "Dat heb ik gezegd"})
    assert "Dat heb ik gezegd" in board.get(READ).text
    assert "SBDE wacht op antwoord" not in coordinator.get("/").text


def test_what_was_agreed_is_ticked_off(writer: TestClient, board: TestClient) -> None:
    _send(writer)
    assert "Eén afspraak staat nog open." in board.get("/afspraken").text
    tick = {"overleg": "m-urgentie", "afspraak": "0-0", "gedaan": "ja"}
    assert "Er staan geen afspraken open." in board.post("/afspraken", data=tick).text


def test_the_coordinator_sees_what_is_missing_and_what_came_late(
    writer: TestClient, coordinator: TestClient, clock: Clock
) -> None:
    missing = "Niemand vertelde wat er is besproken: Provinciaal"
    assert missing not in coordinator.get("/").text
    clock.now = AFTER + timedelta(days=7)
    assert missing in coordinator.get("/").text
    _send(writer)
    assert "te laat binnengekomen" in coordinator.get(READ).text
    assert missing not in coordinator.get("/").text


def test_what_was_agreed_and_not_done_in_time_asks_for_the_coordinator(
    writer: TestClient, coordinator: TestClient, clock: Clock, signed_in: Enter
) -> None:
    _send(writer)
    late = "Afspraak over de dag heen"
    assert late not in coordinator.get("/").text
    clock.now = datetime(2027, 5, 11, 9, tzinfo=UTC)
    coordinator = signed_in(COORDINATOR)
    assert late in coordinator.get("/").text
    tick = {"overleg": "m-urgentie", "afspraak": "0-0", "gedaan": "ja"}
    coordinator.post("/afspraken", data=tick)
    assert late not in coordinator.get("/").text


def test_a_table_is_followed_and_shared(
    board: TestClient, coordinator: TestClient, municipality: TestClient
) -> None:
    followed = board.post("/tafels", data={"tafel": "t-GM0106", "volg": "ja"})
    assert "U volgt deze tafel." in followed.text
    share = {"tafel": "t-GM0114", "deel": "ja"}
    assert "De korte versie wordt gedeeld." in coordinator.post("/tafels", data=share).text
    assert municipality.post("/tafels", data=share).status_code == 403


def test_a_board_chooses_its_digest(board: TestClient) -> None:
    assert "Uw keuze is bewaard." in board.post("/bericht", data={"vaak": "week"}).text
    assert "U krijgt elke week een bericht." in board.get("/").text
    assert board.post("/bericht", data={"vaak": "soms"}).status_code == 400
