"""Input in the browser: by a mailed link or signed in, never lost, and read as a brief."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from scheduler.db.agenda import agenda_of
from scheduler.db.tables import InputDraft, InputVersion, MailAddress
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.links import Links
from scheduler.domain.terms import Role
from scheduler.flows.agenda.items import TypedItem, add_item
from scheduler.flows.input.author import input_link
from scheduler.flows.mail.board_members import add_board_member
from scheduler.mail import Office
from scheduler.web.context import Context

MEETING = "/overleg/m-urgentie"
Enter = Callable[[Actor], TestClient]


@pytest.fixture
def board(signed_in: Enter) -> TestClient:
    return signed_in(Actor(Role.BOARD, "sbde"))


@pytest.fixture
def item(coordinator: TestClient, context: Context) -> str:
    """Where the fields of the one agenda item end in."""
    typed = {"title": "Voorrang voor mantelzorgers", "question": "Mag dat?"}
    assert coordinator.post(f"{MEETING}/agenda", data=typed).status_code == 200
    with context.database.session() as session:
        (found,) = agenda_of(session, COORDINATOR, "m-urgentie")
    return found.id


@pytest.fixture
def mailed(context: Context, item: str) -> str:
    """The link of a board member of SBDE, without the host."""
    with context.database.session() as session:
        office = Office.of(context.settings, context.key)
        address = add_board_member(
            session,
            COORDINATOR,
            office,
            "sbde",
            function="voorzitter",
            typed="voorzitter@sbde.example",
            at=context.clock(),
        )
    return input_link(Links(context.key), "", address, "m-urgentie")


def given(context: Context) -> list[tuple[str, int, str]]:
    with context.database.session() as session:
        rows = session.exec(select(InputVersion).order_by(InputVersion.number))
        return [(row.organisation_id, row.number, row.given_by) for row in rows]


def test_a_meeting_without_an_agenda_asks_for_one_when_its_last_day_nears(
    clock: SimpleNamespace, signed_in: Enter, context: Context
) -> None:
    missing = "Waar gaat het over? Provinciaal overleg urgentieregels"
    clock.now = datetime(2027, 4, 1, 9, tzinfo=UTC)
    desk = signed_in(COORDINATOR)
    assert missing in desk.get("/").text
    with context.database.session() as session:
        add_item(session, COORDINATOR, "m-urgentie", TypedItem(title="Voorrang"), at=clock.now)
    assert missing not in desk.get("/").text


def test_a_board_member_answers_from_the_mail(
    context: Context, browser: Callable[..., TestClient], mailed: str, item: str
) -> None:
    client = browser()
    for _ in range(2):
        assert "Voorrang voor mantelzorgers" in client.get(mailed).text
    assert given(context) == []
    typed = {f"standpunt-{item}": "tegen", f"reden-{item}": "Te vroeg", "knop": "bevestig"}
    for _ in range(2):
        assert "Dank u. Wie gaat, neemt het mee." in client.post(mailed, data=typed).text
    assert given(context) == [("sbde", 1, "voorzitter")]


def test_a_link_of_who_left_the_board_opens_nothing(
    context: Context, browser: Callable[..., TestClient], mailed: str
) -> None:
    with context.database.session() as session:
        for row in session.exec(select(MailAddress)):
            row.stopped_at = context.clock()
    assert browser().get(mailed).status_code == 410
    assert browser().get(f"{mailed}x").status_code == 410


def test_what_was_typed_is_kept_though_it_cant_be_confirmed(
    context: Context, board: TestClient, item: str
) -> None:
    typed = {f"standpunt-{item}": "voor-als", f"reden-{item}": "Lang verhaal", "knop": "bevestig"}
    refused = board.post(f"{MEETING}/onze-inbreng", data=typed)
    assert refused.status_code == 400
    assert "Schrijf op onder welke voorwaarde u voor bent." in refused.text
    assert "Lang verhaal" in refused.text
    assert "Lang verhaal" in board.get(f"{MEETING}/onze-inbreng").text
    assert given(context) == []


def test_what_is_typed_after_the_meeting_began_is_kept_and_changes_nothing(
    context: Context, browser: Callable[..., TestClient], mailed: str, item: str, clock: Any
) -> None:
    clock.now += timedelta(days=50, hours=4)
    typed = {f"standpunt-{item}": "voor", "knop": "bevestig"}
    late = browser().post(mailed, data=typed)
    assert (late.status_code, given(context)) == (409, [])
    with context.database.session() as session:
        assert len(session.exec(select(InputDraft)).all()) == 1


def test_a_colleagues_draft_is_seen_and_taken_over(
    signed_in: Enter, board: TestClient, item: str
) -> None:
    colleague = signed_in(Actor(Role.REPRESENTATIVE, "r27"))
    typed = {f"standpunt-{item}": "voor", f"reden-{item}": "Goed plan", "knop": "bewaar"}
    assert "Uw werk is bewaard." in colleague.post(f"{MEETING}/onze-inbreng", data=typed).text
    page = board.get(f"{MEETING}/onze-inbreng").text
    assert "Afgevaardigde 27" in page
    assert "?van=r27" in page
    assert "checked" in board.get(f"{MEETING}/onze-inbreng?van=r27").text
    other = signed_in(Actor(Role.BOARD, "mevm")).get(f"{MEETING}/onze-inbreng").text
    assert "Goed plan" not in other


def test_a_board_sees_what_is_asked_until_it_answered(board: TestClient, item: str) -> None:
    assert "Wat vindt u? Provinciaal overleg urgentieregels" in board.get("/").text
    board.post(f"{MEETING}/onze-inbreng", data={f"standpunt-{item}": "voor", "knop": "bevestig"})
    assert "Wat vindt u?" not in board.get("/").text


def test_who_goes_reads_every_position_and_takes_it_on_paper(
    board: TestClient, representative: TestClient, item: str
) -> None:
    typed = {
        f"standpunt-{item}": "voor-als",
        f"als-{item}": "de eigen gemeente eerst gaat",
        f"bron-{item}": "huurderspanel Emmen",
        f"belang-{item}": "moet",
        "knop": "bevestig",
    }
    board.post(f"{MEETING}/onze-inbreng", data=typed)
    page = representative.get(f"{MEETING}/inbreng").text
    for words in (
        "Voor, als: 1 organisatie",
        "de eigen gemeente eerst gaat",
        "ongeveer 1.800 woningen (2015)",
        "via De Huurdersfederatie",
        "Moet gehoord worden.",
        "Bron: huurderspanel Emmen",
        "Twee keer geteld",
        "De Huurdersfederatie spreekt namens SBDE",
    ):
        assert words in page
    paper = representative.get(f"{MEETING}/inbreng.pdf")
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.headers["cache-control"] == "no-store"
    assert paper.content.startswith(b"%PDF-")


def test_nobodys_words_become_markup(
    board: TestClient, representative: TestClient, item: str
) -> None:
    typed = {f"standpunt-{item}": "voor", f"reden-{item}": "<b>dik</b>", "knop": "bevestig"}
    board.post(f"{MEETING}/onze-inbreng", data=typed)
    page = representative.get(f"{MEETING}/inbreng").text
    assert "<b>dik</b>" not in page
    assert "&lt;b&gt;dik&lt;/b&gt;" in page


def test_the_asker_writes_its_agenda_and_reads_no_input(
    signed_in: Enter, board: TestClient, item: str
) -> None:
    typed = {f"standpunt-{item}": "tegen", f"reden-{item}": "Geheim", "knop": "bevestig"}
    board.post(f"{MEETING}/onze-inbreng", data=typed)
    province = signed_in(Actor(Role.PROVINCE))
    assert province.get(f"{MEETING}/agenda").status_code == 200
    assert "Geheim" not in province.get(MEETING).text
    assert "Lees wat iedereen vindt" not in province.get(MEETING).text
    assert province.get(f"{MEETING}/inbreng").status_code == 403


@pytest.mark.parametrize("deed", ["omhoog", "omlaag", "weg", "terug"])
def test_each_button_of_an_item_leads_back_to_the_agenda(
    coordinator: TestClient, item: str, deed: str
) -> None:
    address = f"{MEETING}/agenda/{item}"
    if deed == "terug":
        coordinator.post(address, data={"knop": "weg"})
    done = coordinator.post(address, data={"knop": deed})
    assert (done.status_code, done.url.path) == (200, f"{MEETING}/agenda")
    assert "Voorrang voor mantelzorgers" in done.text


def test_an_item_is_changed_and_faults_stand_beside_its_own_form(
    coordinator: TestClient, item: str
) -> None:
    address = f"{MEETING}/agenda/{item}"
    assert coordinator.post(address, data={"knop": "iets"}).status_code == 400
    refused = coordinator.post(address, data={"knop": "bewaar", "title": ""})
    assert refused.status_code == 400
    assert f'href="#title-{item}"' in refused.text
    done = coordinator.post(address, data={"knop": "bewaar", "title": "Nieuwe naam"})
    assert "Nieuwe naam" in done.text


def test_papers_come_with_an_item_and_open_by_the_mailed_link(
    coordinator: TestClient, browser: Callable[..., TestClient], mailed: str, item: str
) -> None:
    address = f"{MEETING}/agenda/{item}/stukken"
    bad = coordinator.post(address, data={"papers": "geen adres"})
    assert bad.status_code == 400
    file = {"file": ("uitleg.txt", b"In gewone taal", "text/plain")}
    assert "uitleg.txt" in coordinator.post(address, data={"papers": ""}, files=file).text
    page = browser().get(mailed).text
    path = page.partition(f'href="{mailed}/stuk/')[2].partition('"')[0]
    assert browser().get(f"{mailed}/stuk/{path}").content == b"In gewone taal"
    assert browser().get(f"{mailed}/stuk/s-0").status_code == 404


def test_the_coordinator_chooses_another_last_day(coordinator: TestClient, item: str) -> None:
    address = f"{MEETING}/inbreng/laatste-dag"
    assert coordinator.post(address, data={"laatste-dag": "gisteren"}).status_code == 400
    done = coordinator.post(address, data={"laatste-dag": "2027-04-02"})
    assert "vrijdag 2 april" in done.text


def test_without_an_agenda_the_pages_say_so(board: TestClient, representative: TestClient) -> None:
    assert "De agenda is er nog niet." in board.get(f"{MEETING}/onze-inbreng").text
    assert "De agenda is er nog niet." in representative.get(f"{MEETING}/inbreng").text
    english = representative.get("/taal/en?terug=/overleg/m-urgentie/inbreng")
    assert "There is no agenda yet." in english.text
