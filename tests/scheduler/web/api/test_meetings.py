"""Meetings, who comes to them, and the calendar that other software reads."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from scheduler.db.tables import CalendarImport, ImportLine, MeetingRequest
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.terms import Role
from scheduler.domain.times import local
from scheduler.flows.importing.import_calendar import import_calendar
from scheduler.flows.importing.import_reading import Source
from scheduler.web.context import Context


def test_a_body_reads_its_own_meetings_and_who_comes(emmen: TestClient) -> None:
    found = emmen.get("/meetings").json()["items"]
    assert [each["id"] for each in found] == ["m-emmen", "m-afgelast"]
    meeting = emmen.get("/meetings/m-emmen").json()
    assert meeting["attendees"] == [
        {
            "function": "Afgevaardigde",
            "organisation": {"id": "federatie", "name": "De Huurdersfederatie"},
            "online": False,
            "speaksFor": [{"id": "federatie", "name": "De Huurdersfederatie"}],
        }
    ]
    assert meeting["unheard"] == [{"id": "sbde", "name": "SBDE"}]
    assert emmen.get("/meetings/m-afgelast").json()["state"] == "cancelled"


def test_anothers_meeting_looks_like_none(emmen: TestClient) -> None:
    answers = [emmen.get(f"/meetings/{each}") for each in ("m-bod", "m-nergens")]
    assert {answer.status_code for answer in answers} == {404}
    assert "Voorbereiding" not in answers[0].text


@pytest.mark.parametrize(
    ("role", "subject", "seen"),
    [(Role.PROVINCE, None, ["m-urgentie"]), (Role.CORPORATION, "lefier", [])],
)
def test_the_province_and_corporations_see_their_own(
    program: Callable[..., TestClient], role: Role, subject: str | None, seen: list[str]
) -> None:
    found = program(Actor(role, subject)).get("/meetings").json()["items"]
    assert [each["id"] for each in found] == seen


def test_meetings_are_read_page_by_page_and_day_by_day(emmen: TestClient) -> None:
    first = emmen.get("/meetings", params={"limit": 1}).json()
    second = emmen.get("/meetings", params={"limit": 1, "after": first["next"]}).json()
    assert [each["id"] for each in first["items"] + second["items"]] == ["m-emmen", "m-afgelast"]
    assert second["next"] is None
    days = {"firstDay": "2027-03-18", "lastDay": "2027-03-18"}
    assert [each["id"] for each in emmen.get("/meetings", params=days).json()["items"]] == [
        "m-emmen"
    ]
    assert emmen.get("/meetings", params={"firstDay": "9999-12-31"}).json()["items"] == []


def test_what_happened_is_read_by_a_cursor(emmen: TestClient) -> None:
    page = emmen.get("/changes", params={"limit": 1}).json()
    assert page["more"]
    assert page["items"][0]["type"] == "meeting.changed"
    rest = emmen.get("/changes", params={"since": page["next"]}).json()
    assert not rest["more"]
    assert emmen.get("/changes", params={"since": rest["next"]}).json() == {
        "items": [],
        "next": rest["next"],
        "more": False,
    }


def test_our_own_importer_reads_what_we_give_out(emmen: TestClient, context: Context) -> None:
    answer = emmen.get("/vergaderingen")
    given = answer.json()
    assert (given["count"], given["next"], given["previous"]) == (2, None, None)
    with context.database.session() as session:
        source = Source(name="https://ons.example/vergaderingen", data=answer.content)
        number = import_calendar(session, COORDINATOR, source, None, at=context.clock())
        assert session.get_one(CalendarImport, number).municipality_id == "GM0114"
        faults = session.exec(select(ImportLine).where(ImportLine.fault != "")).all()
        (row,) = session.exec(select(MeetingRequest)).all()
        assert faults == []
        assert row.title == "Voortgang prestatieafspraken Emmen"
        assert row.place_text == "Emmen, Markt 1"
    assert local(context.clock()).date() < date(2027, 3, 18)
    assert given["results"][0]["geplandeAanvangVergadering"].startswith("2027-03-18T13:30:00")


def test_a_meeting_called_off_is_so_in_the_calendar(emmen: TestClient) -> None:
    statuses = {
        each["naam"]: each["status"] for each in emmen.get("/vergaderingen").json()["results"]
    }
    assert statuses["Wonen met zorg Emmen"] == "geannuleerd"
