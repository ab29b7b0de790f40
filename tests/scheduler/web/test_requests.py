"""Asking, following and answering by the pages, without a line of JavaScript."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from scheduler.db.tables import Meeting, MeetingRequest
from scheduler.domain.access import Actor
from scheduler.domain.terms import RequestState, Role
from scheduler.web.context import Context

FORM = {
    "key": "sleutel",
    "knop": "stuur",
    "title": "Woonzorgvisie <eerste> bespreking",
    "question": "Welke flats eerst?",
    "character": "advising",
    "day-0": "2027-06-10",
    "start-0": "13:30",
    "end-0": "15:30",
    "mode": "in_person",
    "organisations": ["federatie", "sbde"],
    "papers": "",
    "contact": "",
    "answer_until": "",
}
AGENDA = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//\r\nX-WR-CALNAME:Raadsagenda\r\n"
    b"BEGIN:VEVENT\r\nUID:raad\r\nSUMMARY:Raad\r\nDTSTART:20270304T190000Z\r\nEND:VEVENT\r\n"
    b"BEGIN:VEVENT\r\nUID:dag\r\nSUMMARY:Themadag\r\nDTSTART;VALUE=DATE:20270318\r\nEND:VEVENT\r\n"
    b"BEGIN:VEVENT\r\nUID:stuk\r\nSUMMARY:Stuk\r\nDTSTART:ooit\r\nEND:VEVENT\r\n"
    b"END:VCALENDAR\r\n"
)


def text(page: str) -> str:
    """The page as it is read: without marks, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.fixture
def asked(municipality: TestClient) -> str:
    """The address of a request that the municipality of Emmen has sent."""
    answer = municipality.post("/uitnodigen", data=FORM, follow_redirects=False)
    assert answer.status_code == 303
    return answer.headers["location"].partition("?")[0]


def requests_of(context: Context) -> list[MeetingRequest]:
    with context.database.session() as session:
        return list(session.exec(select(MeetingRequest)))


def test_the_form_knows_who_has_dwellings_there(municipality: TestClient) -> None:
    page = municipality.get("/uitnodigen").text
    assert re.search(r'value="federatie"[^>]* checked', page)
    assert not re.search(r'value="mevm"[^>]* checked', page)
    assert "ongeveer 9.699 woningen" in page
    assert "Gemeentehuis Emmen" in page


def test_a_look_says_what_a_time_costs(municipality: TestClient, context: Context) -> None:
    page = text(municipality.post("/uitnodigen", data=FORM | {"knop": "kijk"}).text)
    assert "3 van de 3 afgevaardigden kunnen dan. Dit is in kantooruren" in page
    assert "De termijn is ruim genoeg" in page
    assert requests_of(context) == []


def test_short_notice_is_said_kindly(municipality: TestClient) -> None:
    page = text(
        municipality.post("/uitnodigen", data=FORM | {"knop": "kijk", "day-0": "2027-03-20"}).text
    )
    assert "Tussen nu en dit overleg zitten 18 dagen." in page
    assert "Wet op het overleg huurders verhuurder, art. 5" in page
    assert "U kunt de uitnodiging toch sturen." in page


@pytest.mark.parametrize(
    ("button", "days"),
    [
        ("nog", ["2027-06-10", ""]),
        ("neem:0:2027-06-10|19:30|21:30", ["2027-06-10"]),
        ("voeg:0:2027-06-10|19:30|21:30", ["2027-06-10", "2027-06-10"]),
        ("neem:x", ["2027-06-10"]),
        ("onzin", ["2027-06-10"]),
    ],
)
def test_every_button_keeps_what_was_typed(
    municipality: TestClient, button: str, days: list[str]
) -> None:
    page = municipality.post("/uitnodigen", data=FORM | {"knop": button}).text
    assert re.findall(r'name="day-\d" value="([^"]*)"', page) == days
    assert "Woonzorgvisie &lt;eerste&gt; bespreking" in page
    assert ('value="19:30"' in page) == ("19:30" in button)


def test_faults_stand_in_a_summary_and_beside_the_field(
    municipality: TestClient, context: Context, faults_of: Callable[[str], list[str]]
) -> None:
    answer = municipality.post("/uitnodigen", data=FORM | {"title": "", "end-0": "12:30"})
    assert answer.status_code == 400
    assert "Twee dingen kloppen nog niet" in answer.text
    assert answer.text.count("Het begint om 13.30 uur. Kies een later einde.") == 2
    assert 'aria-describedby="end-0-fout" aria-invalid="true"' in answer.text
    assert "Welke flats eerst?" in answer.text
    assert faults_of(answer.text) == []
    assert requests_of(context) == []


def test_every_fault_in_the_summary_leads_to_its_field(
    municipality: TestClient, faults_of: Callable[[str], list[str]]
) -> None:
    wrong = {"knop": "stuur", "contact": "x", "papers": "x", "answer_until": "x", "day-0": "x"}
    assert faults_of(municipality.post("/uitnodigen", data=wrong).text) == []


def test_sending_twice_asks_once(municipality: TestClient, context: Context) -> None:
    addresses = {municipality.post("/uitnodigen", data=FORM).url.path for _ in range(2)}
    assert len(addresses) == 1
    assert len(requests_of(context)) == 1


def test_a_sent_request_says_where_it_stands(municipality: TestClient, asked: str) -> None:
    page = text(municipality.get(f"{asked}?nieuw=ja").text)
    assert "Uw uitnodiging is verstuurd." in page
    assert "wacht op een antwoord van de coördinator" in page
    assert "donderdag 10 juni, 13.30 tot 15.30 uur" in page
    assert "Eén uitnodiging wacht op antwoord." in text(municipality.get("/uitnodigingen").text)


@pytest.mark.parametrize(
    ("actor", "acting"),
    # Another municipality could ask, but not this; a representative doesn't ask at all.
    [(Actor(Role.MUNICIPALITY, "GM0106"), 404), (Actor(Role.REPRESENTATIVE, "r12"), 403)],
)
def test_nobody_else_sees_it(
    signed_in: Callable[[Actor], TestClient], asked: str, actor: Actor, acting: int
) -> None:
    other = signed_in(actor)
    assert other.get(asked).status_code == 404
    for method, path in (
        ("GET", f"{asked}/verzetten"),
        ("POST", f"{asked}/verzetten"),
        ("POST", f"{asked}/intrekken"),
    ):
        assert other.request(method, path).status_code == acting
    assert "Woonzorgvisie" not in other.get("/uitnodigingen").text


def test_the_coordinator_accepts_and_the_asker_reads_it(
    coordinator: TestClient, municipality: TestClient, asked: str, context: Context
) -> None:
    assert "Woonzorgvisie" in coordinator.get("/uitnodigingen").text
    assert "Deze uitnodiging wacht op uw antwoord." in text(coordinator.get(asked).text)
    coordinator.post(f"{asked}/aannemen")
    assert "Het overleg komt in het rooster." in text(municipality.get(asked).text)
    again = coordinator.post(f"{asked}/aannemen")
    assert again.status_code == 409
    assert "staat al op het rooster" in again.text
    with context.database.session() as session:
        made = select(Meeting).where(Meeting.title == FORM["title"])
        assert len(session.exec(made).all()) == 1


def test_a_no_needs_a_reason_that_the_asker_reads(
    coordinator: TestClient, municipality: TestClient, asked: str
) -> None:
    refused = coordinator.post(f"{asked}/afwijzen", data={"reason": ""})
    assert refused.status_code == 400
    assert "De aanvrager leest dit." in refused.text
    coordinator.post(f"{asked}/afwijzen", data={"reason": "Stuur de stukken."})
    assert "De reden: Stuur de stukken." in text(municipality.get(asked).text)


def test_the_asker_moves_and_withdraws(
    municipality: TestClient, asked: str, context: Context
) -> None:
    assert 'value="2027-06-10"' in municipality.get(f"{asked}/verzetten").text
    more = municipality.post(f"{asked}/verzetten", data={"knop": "nog", "day-0": "2027-07-01"})
    assert 'name="day-1"' in more.text
    wrong = municipality.post(f"{asked}/verzetten", data={"day-0": "x", "start-0": "10:00"})
    assert wrong.status_code == 400
    times = {"day-0": "2027-07-01", "start-0": "19:00", "end-0": "21:00"}
    moved = text(municipality.post(f"{asked}/verzetten", data=times).text)
    assert "donderdag 1 juli, 19.00 tot 21.00 uur" in moved
    assert "De tijdstippen zijn veranderd op dinsdag 2 maart." in moved
    municipality.post(f"{asked}/intrekken")
    (row,) = requests_of(context)
    assert row.state is RequestState.WITHDRAWN


def test_the_coordinator_moves_and_calls_off_a_meeting(
    coordinator: TestClient, context: Context
) -> None:
    address = "/overleg/m-emmen/veranderen"
    assert address in coordinator.get("/overleg/m-emmen").text
    assert 'value="13:30"' in coordinator.get(address).text
    assert 'name="day-1"' in coordinator.post(address, data={"knop": "nog", "day-0": "x"}).text
    times = {"knop": "verzet", "day-0": "2027-07-01", "start-0": "19:00", "end-0": "21:00"}
    assert coordinator.post(address, data=times).url.path == "/overleg/m-emmen"
    refused = coordinator.post(address, data={"knop": "schrap", "reason": ""})
    assert refused.status_code == 400
    assert coordinator.post(address, data={"knop": "schrap", "reason": "Niemand kan."}).is_success
    with context.database.session() as session:
        assert session.get_one(Meeting, "m-emmen").state == "cancelled"


@pytest.fixture
def imported(coordinator: TestClient) -> str:
    answer = coordinator.post(
        "/agenda-inlezen",
        data={"municipality": "GM0114", "address": ""},
        files={"file": ("raad.ics", AGENDA, "text/calendar")},
        follow_redirects=False,
    )
    assert answer.status_code == 303
    return answer.headers["location"]


def test_an_import_shows_what_it_found_and_what_was_wrong(
    coordinator: TestClient, imported: str, faults_of: Callable[[str], list[str]]
) -> None:
    page = coordinator.get(imported).text
    assert faults_of(page) == []
    said = text(page)
    assert "Raadsagenda" in said
    assert "Stuk De datum is niet te lezen. (ooit) overgeslagen" in said
    overview = coordinator.get("/uitnodigingen").text
    assert f'href="{imported}"' in overview
    assert "Twee uitnodigingen wachten op antwoord." in text(overview)
    assert "Raadsagenda" in coordinator.get("/agenda-inlezen").text


def test_a_bare_date_is_accepted_with_a_time(coordinator: TestClient, imported: str) -> None:
    found = re.search(r'href="(/uitnodiging/[^"]+)">Themadag', coordinator.get(imported).text)
    assert found
    address = found[1]
    assert "de agenda noemt geen tijd" in text(coordinator.get(address).text)
    refused = coordinator.post(f"{address}/aannemen", data={"start-0": "10:00", "end-0": "9"})
    assert refused.status_code == 400
    assert 'value="10:00"' in refused.text
    accepted = coordinator.post(f"{address}/aannemen", data={"start-0": "10:00", "end-0": "12:00"})
    assert "donderdag 18 maart, 10.00 tot 12.00 uur" in text(accepted.text)


@pytest.mark.parametrize(
    ("data", "content", "said"),
    [
        ({"municipality": "GM0114"}, b"", "Kies een bestand, of vul een adres in."),
        ({"municipality": "GM0114"}, b"<html>", "Dit is geen agenda"),
        ({"municipality": ""}, AGENDA, "Noem de gemeente"),
        ({"municipality": "GM0114", "address": "http://127.0.0.1/x"}, b"", "geeft geen agenda"),
        ({"municipality": "GM0114"}, b"x" * (10 * 1024 * 1024 + 1), "groter dan 10 MB"),
    ],
)
def test_what_cant_be_imported_is_told_and_the_rest_kept(
    coordinator: TestClient, data: dict[str, str], content: bytes, said: str
) -> None:
    files = {"file": ("raad.ics", content, "text/calendar")} if content else None
    answer = coordinator.post("/agenda-inlezen", data=data, files=files)
    assert answer.status_code == 400
    assert said in unescape(answer.text)


def test_a_calendar_that_changed_asks_for_a_look(
    coordinator: TestClient, municipality: TestClient, imported: str
) -> None:
    found = re.search(r'href="(/uitnodiging/[^"]+)">Raad<', coordinator.get(imported).text)
    assert found
    address = found[1]
    coordinator.post(f"{address}/aannemen")
    moved = AGENDA.replace(b"T190000Z", b"T180000Z")
    files = {"file": ("raad.ics", moved, "text/calendar")}
    coordinator.post("/agenda-inlezen", data={"municipality": ""}, files=files)
    page = text(coordinator.get(address).text)
    assert "De agenda zegt nu iets anders" in page
    assert "De agenda zegt nu iets anders" not in text(municipality.get(address).text)
    assert "Neem de nieuwe tijd over" not in text(coordinator.post(f"{address}/volgen").text)
    gone = moved.replace(b"SUMMARY:Raad", b"SUMMARY:Anders").replace(b"UID:raad", b"UID:nieuw")
    files = {"file": ("raad.ics", gone, "text/calendar")}
    coordinator.post("/agenda-inlezen", data={"municipality": ""}, files=files)
    assert "Haal het van het rooster" in coordinator.get(address).text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pages_are_well_formed_in_both_languages(
    coordinator: TestClient,
    municipality: TestClient,
    asked: str,
    imported: str,
    faults_of: Callable[[str], list[str]],
    language: str,
) -> None:
    pages = {
        coordinator: ("/uitnodigingen", asked, "/agenda-inlezen", imported, f"{asked}/verzetten"),
        municipality: ("/uitnodigingen", asked, "/uitnodigen", f"{asked}/verzetten"),
    }
    for client, paths in pages.items():
        client.cookies.set("taal", language)
        for path in (*paths, "/overleg/m-emmen"):
            assert faults_of(client.get(path).text) == [], path
    municipality.cookies.set("taal", language)
    assert faults_of(municipality.post("/uitnodigen", data=FORM | {"knop": "kijk"}).text) == []


def test_a_long_list_stands_on_pages_and_what_waits_comes_first(
    coordinator: TestClient, municipality: TestClient, context: Context
) -> None:
    for number in range(52):
        municipality.post(
            "/uitnodigen", data=FORM | {"key": f"k{number}", "title": f"Vraag {number:02}."}
        )
    with context.database.session() as session:
        first = session.exec(select(MeetingRequest).where(MeetingRequest.title == "Vraag 51."))
        first.one().state = RequestState.WITHDRAWN
    page, after = (coordinator.get(f"/uitnodigingen?blad={n}").text for n in (1, 2))
    assert "Eenenvijftig uitnodigingen wachten" in text(page) or "51 uitnodigingen" in text(page)
    assert page.count('class="at-row at-row--meet') == 50
    assert after.count('class="at-row at-row--meet') == 2
    assert "Vraag 51." not in page
    assert "Vraag 51." in after
    assert "Beantwoord" in text(after)
    assert 'href="?blad=2"' in page


def test_a_body_counts_only_its_own(
    municipality: TestClient, signed_in: Callable[[Actor], TestClient]
) -> None:
    municipality.post("/uitnodigen", data=FORM)
    other = signed_in(Actor(Role.MUNICIPALITY, "GM0106"))
    assert "Er wacht geen uitnodiging op antwoord." in text(other.get("/uitnodigingen").text)
