"""Choosing what a feed holds, withdrawing its address, and reading it too often."""

import re
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from calendars.entry import Standing
from calendars.ical import read
from scheduler.web.pace import Pace

ADDRESS = re.compile(r"http://127\.0\.0\.1:8000(/feeds/[a-z2-7]{32}/[a-z0-9-]+\.ics)")
ALL = ["vervangingen", "onbeantwoord", "afgelast"]


def _path(client: TestClient) -> str:
    found = ADDRESS.search(client.get("/agenda").text)
    assert found
    return found[1]


def _choose(client: TestClient, *ticked: str, who: str = "r12") -> None:
    answer = client.post(f"/agenda/afgevaardigde/{who}/keuzes", data={"toon": [*ticked]})
    assert answer.status_code == 200
    assert "Uw keuzes zijn bewaard." in answer.text


@pytest.fixture
def path(representative: TestClient) -> str:
    return _path(representative)


def test_reminders_come_when_asked_for(representative: TestClient, path: str) -> None:
    assert all(not entry.alarms for entry in read(representative.get(path).content))
    _choose(representative, *ALL, "herinneringen")
    alarms = {entry.alarms for entry in read(representative.get(path).content)}
    assert alarms == {(timedelta(days=1), timedelta(hours=1))}


def test_without_an_answer_a_meeting_can_be_left_out(representative: TestClient, path: str) -> None:
    _choose(representative, "vervangingen", "afgelast")
    assert read(representative.get(path).content) == ()
    representative.post("/overleg/m-bod/antwoord", data={"antwoord": "ja"})
    assert [each.uid for each in read(representative.get(path).content)] == [
        "m-bod@aantafel.invalid"
    ]


def test_deadlines_are_whole_days_of_their_own(representative: TestClient, path: str) -> None:
    _choose(representative, *ALL, "uiterste-dagen")
    found = [entry for entry in read(representative.get(path).content) if entry.all_day]
    assert any(entry.title.startswith("Uiterste dag voor inbreng") for entry in found)
    assert any(entry.title.startswith("Uiterste dag: Woningwet") for entry in found)


def test_deputyships_and_what_is_off_can_be_left_out(coordinator: TestClient) -> None:
    found = ADDRESS.search(coordinator.get("/agenda/afgevaardigde/r4").text)
    assert found
    path = found[1]
    before = read(coordinator.get(path).content)
    assert Standing.CANCELLED in {entry.standing for entry in before}
    _choose(coordinator, "vervangingen", "onbeantwoord", who="r4")
    after = read(coordinator.get(path).content)
    assert {entry.standing for entry in after} == {Standing.CONFIRMED}


def test_a_choice_is_seen_by_who_asks_by_date(representative: TestClient, path: str) -> None:
    first = representative.get(path)
    _choose(representative, *ALL, "herinneringen")
    again = representative.get(path, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 200
    since = representative.get(path, headers={"if-modified-since": first.headers["last-modified"]})
    assert since.status_code == 200


def test_a_withdrawn_address_is_gone_until_there_is_a_new_one(
    representative: TestClient, path: str
) -> None:
    page = representative.post("/agenda/afgevaardigde/r12/intrekken").text
    assert "Het adres is ingetrokken" in page
    assert ADDRESS.search(page) is None
    assert representative.get(path).status_code == 410
    assert ADDRESS.search(representative.post("/agenda/afgevaardigde/r12/nieuw-adres").text)
    assert representative.get(_path(representative)).status_code == 200
    assert representative.get(path).status_code == 410


def test_a_wild_program_is_told_to_wait_and_who_asks_politely_never(
    representative: TestClient, path: str
) -> None:
    representative.app.state.feeds.pace = Pace(a_minute=3, clock=lambda: 0.0)
    answers = [representative.get(path) for _ in range(5)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429, 429]
    assert answers[-1].headers["retry-after"] == "20"
    etag = answers[0].headers["etag"]
    polite = {representative.get(path, headers={"if-none-match": etag}).status_code for _ in "abc"}
    assert polite == {304}


def test_the_purse_fills_up_again() -> None:
    now = 0.0
    pace = Pace(a_minute=60, clock=lambda: now)
    assert [pace.seconds_to_wait("a") for _ in range(61)] == [0] * 60 + [1]
    assert pace.seconds_to_wait("b") == 0
    now = 2.0
    assert [pace.seconds_to_wait("a") for _ in range(3)] == [0, 0, 1]
