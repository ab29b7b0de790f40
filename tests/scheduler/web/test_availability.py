"""Saying when one can: kept, judged beside what was given already, and put back."""

from collections.abc import Callable
from datetime import date

import pytest
from starlette.testclient import TestClient

from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR
from scheduler.flows.availability import Absent, Hours, OwnAvailability, own_availability

ALL = [f"{day}-{part}" for day in range(1, 8) for part in ("ochtend", "middag", "avond")]


def _own(database: Database, person: str = "r12") -> OwnAvailability:
    with database.session() as session:
        return own_availability(session, COORDINATOR, person)


def test_evenings_alone_are_kept_as_hours(representative: TestClient, province: Database) -> None:
    page = representative.post("/beschikbaar", data={"kan": ["1-avond", "2-ochtend", "2-middag"]})
    assert "Dit staat er nu." in page.text
    assert _own(province).hours == (Hours(1, 1080, 1440), Hours(2, 0, 1080))


def test_what_clashes_is_shown_at_once_with_the_way_out(
    representative: TestClient, coordinator: TestClient
) -> None:
    data = {"kan": ALL, "van": "2027-03-20", "tot": "2027-03-28"}
    page = representative.post("/beschikbaar", data=data).text
    assert "Dit botst met wat u al heeft" in page
    assert "Woonvisie Tynaarlo" in page
    assert 'href="/overleg/m-vries/ik-kan-niet"' in page
    assert "Woonvisie Tynaarlo" in coordinator.get("/").text


def test_the_same_form_twice_is_one_change_and_can_be_put_back(
    representative: TestClient, province: Database
) -> None:
    before = _own(province)
    data = {"kan": ALL, "van": "24-4-2027", "tot": "25-4-2027", "maand": "3", "reis": "45"}
    representative.post("/beschikbaar", data=data)
    page = representative.post("/beschikbaar", data=data).text
    after = _own(province)
    assert after.absent == (Absent(date(2027, 4, 24), date(2027, 4, 25)),)
    assert (after.per_month, after.travel_minutes) == (3, 45)
    change = page.partition('name="wijziging" value="')[2].partition('"')[0]
    for status in (200, 409):
        answer = representative.post("/beschikbaar/terug", data={"wijziging": change})
        assert answer.status_code == status
    assert _own(province) == before


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"van": "2027-04-10"}, "Vul beide dagen in."),
        ({"van": "2027-04-10", "tot": "2027-04-09"}, "Deze dag ligt vóór de eerste dag."),
        ({"van": "2026-04-10", "tot": "2026-04-11"}, "Deze dag is al voorbij."),
        ({"van": "ooit", "tot": "2027-04-11"}, "Vul een dag in"),
        ({"stop": "31-2-2027"}, "Vul een dag in"),
        ({"stop": "2026-01-01"}, "Deze dag is al voorbij."),
    ],
)
def test_a_fault_keeps_what_was_typed_and_changes_nothing(
    representative: TestClient,
    province: Database,
    faults_of: Callable[[str], list[str]],
    data: dict[str, str],
    fault: str,
) -> None:
    before = _own(province)
    answer = representative.post("/beschikbaar", data={"kan": "1-avond", **data})
    assert answer.status_code == 400
    assert fault in answer.text
    assert all(f'value="{typed}"' in answer.text for typed in data.values())
    assert faults_of(answer.text) == []
    assert _own(province) == before


def test_days_away_can_be_taken_out_and_an_end_is_kept(
    representative: TestClient, province: Database
) -> None:
    representative.post(
        "/beschikbaar",
        data={"kan": ALL, "van": "2027-05-01", "tot": "2027-05-09", "stop": "2027-12-31"},
    )
    representative.post(
        "/beschikbaar",
        data={"kan": ALL, "haal-weg": "2027-05-01/2027-05-09", "stop": "2027-12-31"},
    )
    own = _own(province)
    assert (own.absent, own.last_day, own.hours) == ((), date(2027, 12, 31), None)


def test_wishes_for_tables_are_kept(representative: TestClient, province: Database) -> None:
    page = representative.get("/beschikbaar").text
    assert "Prestatieafspraken Assen" in page
    data = {"kan": ALL, "liever": "t-GM0106", "liever-niet": "t-GM1730", "online": "nee"}
    representative.post("/beschikbaar", data=data)
    own = _own(province)
    assert (own.prefers, own.avoids, own.online) == ({"t-GM0106"}, {"t-GM1730"}, False)


def test_the_page_is_the_representatives_own(
    coordinator: TestClient, municipality: TestClient, province: Database
) -> None:
    for client in (coordinator, municipality):
        assert client.get("/beschikbaar").status_code == 403
        assert client.post("/beschikbaar", data={"kan": "1-avond"}).status_code == 403
    with province.session() as session:
        assert session.get_one(tables.Representative, "r12").always_available


def test_the_page_is_well_formed(
    representative: TestClient, faults_of: Callable[[str], list[str]]
) -> None:
    assert faults_of(representative.get("/beschikbaar").text) == []


def test_days_that_are_over_are_not_listed_but_those_going_on_are(
    representative: TestClient, province: Database
) -> None:
    spans = (("2027-02-01", "2027-02-28"), ("2027-02-20", "2027-03-02"))
    with province.session() as session:
        session.add_all(
            tables.Absence(
                representative_id="r12",
                first_day=date.fromisoformat(first),
                last_day=date.fromisoformat(last),
            )
            for first, last in spans
        )
    page = representative.get("/beschikbaar").text
    assert 'value="2027-02-20/2027-03-02"' in page
    assert "2027-02-01/2027-02-28" not in page
    representative.post("/beschikbaar", data={"kan": ALL})
    assert len(_own(province).absent) == 2, "what is over stays known"


def test_a_fault_keeps_the_days_that_were_to_go_ticked(
    representative: TestClient, province: Database
) -> None:
    days = {"van": "2027-05-01", "tot": "2027-05-09"}
    representative.post("/beschikbaar", data={"kan": ALL, **days})
    name = "2027-05-01/2027-05-09"
    page = representative.post(
        "/beschikbaar", data={"kan": ALL, "haal-weg": name, "stop": "2026-01-01"}
    )
    assert page.status_code == 400
    assert f'value="{name}" checked' in page.text
    assert len(_own(province).absent) == 1
