"""A person's own record in the browser, and being erased."""

from collections.abc import Callable

from icalendar import Calendar
from starlette.testclient import TestClient


def test_a_person_takes_everything_along(
    representative: TestClient, faults_of: Callable[[str], list[str]]
) -> None:
    page = representative.get("/afgevaardigde/r12").text
    assert "/mijn-gegevens.json" in page
    assert faults_of(page) == []
    record = representative.get("/mijn-gegevens.json")
    assert record.json()["person"] == "r12"
    assert "attachment" in record.headers["content-disposition"]
    assert record.headers["cache-control"] == "no-store"
    calendar = representative.get("/mijn-agenda.ics")
    assert Calendar.from_ical(calendar.content).walk("VEVENT")


def test_the_coordinator_erases_who_asks_for_it(
    coordinator: TestClient,
    representative: TestClient,
    faults_of: Callable[[str], list[str]],
) -> None:
    page = coordinator.get("/afgevaardigde/r12/wissen").text
    assert "Het is niet terug te draaien." in page
    assert faults_of(page) == []
    after = coordinator.post("/afgevaardigde/r12/wissen").text
    assert "Voormalig afgevaardigde" in after
    assert "Afgevaardigde 12" not in after
    assert representative.get("/").url.path == "/inloggen"
    log = coordinator.get("/logboek")
    assert log.status_code == 200
    assert "Afgevaardigde 12" not in coordinator.get("/overleg/m-bod").text
