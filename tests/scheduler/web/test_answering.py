"""Answering on the pages, without a single script."""

from collections.abc import Callable

from starlette.testclient import TestClient

from scheduler.db.answers import own_answers
from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR
from scheduler.domain.terms import Choice, Way


def _answer(client: TestClient, choice: str, **rest: str) -> str:
    answer = client.post("/overleg/m-bod/antwoord", data={"antwoord": choice, **rest})
    assert answer.status_code == 200
    return answer.text


def test_the_first_page_asks_about_the_first_open_meeting(representative: TestClient) -> None:
    page = representative.get("/").text
    assert "Wij wachten op uw antwoord" in page
    assert 'action="/overleg/m-bod/antwoord"' in page


def test_a_yes_is_kept_and_shown(representative: TestClient, province: Database) -> None:
    assert "U zei ja." in _answer(representative, "ja")
    assert "U zei ja." in representative.get("/").text
    assert 'action="/overleg/m-vries/antwoord"' in representative.get("/").text
    with province.session() as session:
        said = own_answers(session, COORDINATOR, "r12")["m-bod"]
    assert (said.choice, said.way, said.comment) == (Choice.YES, Way.PAGE, "")


def test_a_no_reaches_the_coordinator_with_what_was_said_beside_it(
    representative: TestClient, coordinator: TestClient
) -> None:
    _answer(representative, "nee", toelichting="Ik ben <b>ziek</b>")
    assert "kan niet naar Voorbereiding bod Assen" in coordinator.get("/").text
    page = coordinator.get("/overleg/m-bod").text
    assert "kan niet" in page
    assert "Ik ben &lt;b&gt;ziek&lt;/b&gt;" in page
    assert "nog geen antwoord" in page


def test_a_colleague_does_not_read_the_answer(
    representative: TestClient, municipality: TestClient
) -> None:
    _answer(representative, "nee", toelichting="privé")
    assert "privé" not in municipality.get("/overleg/m-emmen").text


def test_an_answer_can_be_changed(representative: TestClient) -> None:
    _answer(representative, "nee")
    page = _answer(representative, "misschien")
    assert "U zei misschien." in page
    assert 'value="misschien" aria-pressed="true"' in page


def test_what_is_no_answer_is_refused(representative: TestClient) -> None:
    for data in ({}, {"antwoord": "ooit"}, {"antwoord": "ja", "toelichting": "a" * 1001}):
        assert representative.post("/overleg/m-bod/antwoord", data=data).status_code == 400


def test_who_is_not_asked_cant_answer(representative: TestClient, coordinator: TestClient) -> None:
    for client, meeting, status in ((representative, "m-emmen", 404), (coordinator, "m-bod", 403)):
        answer = client.post(f"/overleg/{meeting}/antwoord", data={"antwoord": "ja"})
        assert answer.status_code == status


def test_a_meeting_that_is_over_needs_no_answer(representative: TestClient) -> None:
    assert "Gaat u?" not in representative.get("/overleg/m-eerder").text
    answer = representative.post("/overleg/m-eerder/antwoord", data={"antwoord": "ja"})
    assert answer.status_code == 409


def test_the_owner_chooses_what_the_calendar_keeps_out(
    representative: TestClient, coordinator: TestClient
) -> None:
    out = representative.post("/overleg/m-bod/in-agenda", data={"wens": "weg"}).text
    assert "U haalde dit overleg uit uw agenda." in out
    assert "Het blijft eruit" in out
    assert "Haalde het overleg uit de eigen agenda." in coordinator.get("/overleg/m-bod").text
    back = representative.post("/overleg/m-bod/in-agenda", data={"wens": "terug"}).text
    assert "U haalde dit overleg uit uw agenda." not in back


def test_the_pages_stay_well_formed(
    representative: TestClient, coordinator: TestClient, faults_of: Callable[[str], list[str]]
) -> None:
    _answer(representative, "nee", toelichting="ziek")
    representative.post("/overleg/m-bod/in-agenda", data={"wens": "weg"})
    for client, path in (
        (representative, "/"),
        (representative, "/overleg/m-bod"),
        (representative, "/agenda"),
        (coordinator, "/"),
        (coordinator, "/overleg/m-bod"),
        (coordinator, "/agenda/gemeente/GM0114"),
    ):
        assert faults_of(client.get(path).text) == [], path
