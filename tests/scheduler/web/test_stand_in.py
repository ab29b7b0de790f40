"""From "I can't" to somebody else who goes: by a mailed link, without an account or a script."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.db.published import published_meeting
from scheduler.domain.access import SYSTEM
from scheduler.domain.links import Links, Purpose
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import Choice, MeetingState, StandInState, Way
from scheduler.web.context import Context

KEY = SecretKey(b"k" * 32)


@pytest.fixture
def token() -> Callable[..., str]:
    return lambda person, meeting="m-vries": Links(KEY).token(Purpose.ANSWER, person, meeting)


@pytest.fixture
def asked(province: Database) -> Callable[[str], str]:
    """The address at which somebody is asked to stand in."""

    def make(person: str) -> str:
        with province.session() as session:
            row = session.exec(
                select(tables.StandInRequest).order_by(tables.StandInRequest.asked_at.desc())
            ).first()
            assert row is not None
            return f"/invallen/{Links(KEY).token(Purpose.STAND_IN, row.id, person)}"

    return make


def _going(database: Database, meeting: str = "m-vries") -> tuple[list[str], str | None]:
    with database.session() as session:
        view = published_meeting(session, SYSTEM, meeting)
    deputy = view.deputy.representative_id if view.deputy else None
    return [each.representative_id for each in view.attendees], deputy


def _answers(database: Database) -> list[tuple[str, Choice, Way]]:
    with database.session() as session:
        rows = session.exec(select(tables.Answer)).all()
        return [(row.representative_id, row.choice, row.way) for row in rows]


def test_a_mailed_link_answers_in_two_presses_without_an_account(
    browser: Callable[..., TestClient], token: Callable[..., str], province: Database
) -> None:
    client, address = browser(), f"/antwoord/{token('r12')}"
    page = client.get(address)
    assert "Woonvisie Tynaarlo" in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "Uw antwoord is binnen" in client.post(address, data={"antwoord": "ja"}).text
    assert _answers(province) == [("r12", Choice.YES, Way.MAIL)]


def test_looking_changes_nothing(
    browser: Callable[..., TestClient], token: Callable[..., str], province: Database
) -> None:
    client, address = browser(), f"/antwoord/{token('r12')}"
    for path in (address, f"{address}?antwoord=ja", f"{address}/ik-kan-niet", address):
        assert client.get(path).status_code == 200
    assert client.head(address).status_code == 405
    assert _answers(province) == []
    assert "Gaat u?" in client.get(address).text


def test_forged_foreign_and_mangled_links_open_nothing(
    browser: Callable[..., TestClient], token: Callable[..., str], province: Database
) -> None:
    client, good = browser(), token("r12")
    other = Links(SecretKey(b"x" * 32)).token(Purpose.ANSWER, "r12", "m-vries")
    foreign = Links(KEY).token(Purpose.STAND_IN, "r12", "m-vries")
    swapped = f"{token('r14').partition('.')[0]}.{good.partition('.')[2]}"
    for bad in (other, foreign, swapped, good[:-1], good + "A", "x", ".", "é.é"):
        for answer in (
            client.get(f"/antwoord/{bad}"),
            client.post(f"/antwoord/{bad}", data={"antwoord": "nee"}),
            client.get(f"/antwoord/{bad}/ik-kan-niet"),
        ):
            assert answer.status_code in {404, 410}
            assert "Tynaarlo" not in answer.text
    assert _answers(province) == []


def test_a_link_ends_with_its_meeting(
    browser: Callable[..., TestClient], token: Callable[..., str], context: Context
) -> None:
    client = browser()
    context.clock.now += timedelta(days=60)
    answer = client.post(f"/antwoord/{token('r12')}", data={"antwoord": "ja"})
    assert answer.status_code == 410
    assert "Deze link werkt niet meer" in answer.text


def test_who_isnt_expected_any_more_reads_just_that(
    browser: Callable[..., TestClient], token: Callable[..., str]
) -> None:
    answer = browser().get(f"/antwoord/{token('r5', 'm-afgelast')}")
    assert answer.status_code == 410
    assert "U wordt niet meer verwacht bij dit overleg." in answer.text


def test_another_site_cant_answer(
    browser: Callable[..., TestClient], token: Callable[..., str], province: Database
) -> None:
    answer = browser().post(
        f"/antwoord/{token('r12')}",
        data={"antwoord": "nee"},
        headers={"sec-fetch-site": "cross-site"},
    )
    assert answer.status_code == 403
    assert _answers(province) == []


def test_a_no_asks_the_deputy_who_steps_in_with_one_press(
    browser: Callable[..., TestClient],
    token: Callable[..., str],
    asked: Callable[[str], str],
    province: Database,
    coordinator: TestClient,
) -> None:
    client = browser()
    page = client.post(f"/antwoord/{token('r12')}", data={"antwoord": "nee"}).text
    assert "Het is gevraagd" in page
    assert "Afgevaardigde 14, de vervanger" in page
    address = asked("r14")
    assert "Afgevaardigde 12 kan niet." in client.get(address).text
    assert "Dank u. U gaat." in client.post(address, data={"antwoord": "ja"}).text
    assert _going(province) == (["r14"], None)
    assert ("r14", Choice.YES, Way.MAIL) in _answers(province)
    assert "3" in coordinator.get("/publicatie/3").text
    again = client.post(address, data={"antwoord": "ja"})
    assert again.status_code == 200
    with province.session() as session:
        assert len(session.exec(select(tables.Publication)).all()) == 3


def test_a_yes_after_all_asks_nobody_any_more(
    representative: TestClient, asked: Callable[[str], str], province: Database
) -> None:
    representative.post("/overleg/m-vries/antwoord", data={"antwoord": "nee"})
    address = asked("r14")
    representative.post("/overleg/m-vries/antwoord", data={"antwoord": "ja"})
    page = representative.get(address)
    assert "Dit is niet meer nodig." in page.text
    late = representative.post(address, data={"antwoord": "ja"})
    assert late.status_code == 409
    assert _going(province) == (["r12"], "r14")


def test_a_no_is_taken_back_with_one_press_for_all_to_see(
    representative: TestClient, coordinator: TestClient, province: Database
) -> None:
    page = representative.post("/overleg/m-vries/antwoord", data={"antwoord": "nee"}).text
    assert "Ik ga toch" in page
    assert "U vroeg Afgevaardigde 14 om te gaan." in representative.get("/overleg/m-vries").text
    representative.post("/overleg/m-vries/antwoord", data={"antwoord": "ja"})
    assert "Ik ga toch" not in representative.get("/overleg/m-vries").text
    assert "zei eerst nee" in coordinator.get("/overleg/m-vries").text
    assert "gaat toch naar" in coordinator.get("/logboek").text
    with province.session() as session:
        acts = session.exec(select(tables.Audit.act).where(tables.Audit.noun_id == "m-vries")).all()
    assert acts[-4:] == ["answer", "ask stand-in", "withdraw stand-in", "go after all"]


def test_a_first_yes_goes_after_nothing(
    representative: TestClient, coordinator: TestClient
) -> None:
    representative.post("/overleg/m-vries/antwoord", data={"antwoord": "ja"})
    assert "zei eerst nee" not in coordinator.get("/overleg/m-vries").text
    assert "gaat toch naar" not in coordinator.get("/logboek").text


def test_who_wants_a_place_back_that_is_taken_reads_who_has_it(
    representative: TestClient,
    browser: Callable[..., TestClient],
    token: Callable[..., str],
    asked: Callable[[str], str],
    province: Database,
) -> None:
    representative.post("/overleg/m-vries/antwoord", data={"antwoord": "nee"})
    browser().post(asked("r14"), data={"antwoord": "ja"})
    before = _answers(province)
    for answer in (
        representative.post("/overleg/m-vries/antwoord", data={"antwoord": "ja"}),
        representative.get("/overleg/m-vries/ik-kan-niet"),
        browser().get(f"/antwoord/{token('r12')}"),
        browser().post(f"/antwoord/{token('r12')}", data={"antwoord": "ja"}),
    ):
        assert answer.status_code == 409
        assert "Afgevaardigde 14 heeft uw plaats overgenomen." in answer.text
    assert _answers(province) == before
    assert "Vraag het de coördinator." in representative.get("/overleg/m-vries").text


def test_the_desk_hears_of_who_comes_back_while_the_draft_has_another(
    representative: TestClient, coordinator: TestClient
) -> None:
    representative.post("/overleg/m-vries/antwoord", data={"antwoord": "nee"})
    page = coordinator.get("/rooster/m-vries").text
    version = re.search(r'name="versie" value="(\d+)"', page)
    assert version
    deed = {"daad": "replace", "wie": "r4", "van": "r12", "versie": version[1]}
    coordinator.post("/rooster/m-vries", data=deed)
    assert "gaat toch naar" not in coordinator.get("/").text
    representative.post("/overleg/m-vries/antwoord", data={"antwoord": "ja"})
    assert "Afgevaardigde 12 gaat toch naar Woonvisie Tynaarlo" in coordinator.get("/").text


def test_who_comes_second_reads_who_goes(
    representative: TestClient,
    browser: Callable[..., TestClient],
    asked: Callable[[str], str],
    province: Database,
) -> None:
    page = representative.get("/overleg/m-vries/ik-kan-niet").text
    assert "Deze mensen kunnen en mogen dan." in page
    assert re.search(r"Heeft daarna [\d,.]+ van de [\d,.]+ uur werk", page)
    representative.post("/overleg/m-vries/ik-kan-niet", data={"wie": "allen", "reden": "op reis"})
    client = browser()
    assert client.post(asked("r4"), data={"antwoord": "ja"}).status_code == 200
    late = client.post(asked("r14"), data={"antwoord": "ja"})
    assert late.status_code == 409
    assert "Afgevaardigde 4 gaat al." in late.text
    assert "Afgevaardigde 4 gaat al." in client.get(asked("r14")).text
    assert _going(province)[0] == ["r4"]


def test_who_was_not_asked_cant_step_in(
    representative: TestClient, browser: Callable[..., TestClient], asked: Callable[[str], str]
) -> None:
    representative.post("/overleg/m-vries/antwoord", data={"antwoord": "nee"})
    answer = browser().post(asked("r27"), data={"antwoord": "ja"})
    assert answer.status_code == 410


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({}, 400),
        ({"wie": "r12"}, 400),
        ({"wie": "niet-bestaand"}, 400),
        ({"wie": "al-ja"}, 400),
        ({"wie": "al-ja", "ander": "r12"}, 400),
        ({"wie": "niemand"}, 200),
        ({"wie": "online"}, 200),
        ({"wie": "al-ja", "ander": "r14"}, 200),
    ],
)
def test_what_can_be_wished(representative: TestClient, data: dict[str, str], status: int) -> None:
    answer = representative.post("/overleg/m-vries/ik-kan-niet", data=data)
    assert answer.status_code == status


def test_a_reason_and_online_reach_the_coordinator_alone(
    representative: TestClient, coordinator: TestClient, province: Database
) -> None:
    representative.post(
        "/overleg/m-bod/ik-kan-niet", data={"wie": "online", "reden": "Ik ben <b>ziek</b>"}
    )
    page = coordinator.get("/").text
    assert "Zou wel online kunnen." in page
    assert "Ik ben &lt;b&gt;ziek&lt;/b&gt;" in page
    with province.session() as session:
        assert session.exec(select(tables.StandInRequest)).all() == []


def test_a_request_can_be_taken_back(
    representative: TestClient, asked: Callable[[str], str], province: Database
) -> None:
    representative.post("/overleg/m-vries/ik-kan-niet", data={"wie": "r14"})
    page = representative.post("/overleg/m-vries/ik-kan-niet/intrekken").text
    assert "Het is gevraagd" not in page
    assert "Dit is niet meer nodig." in representative.get(asked("r14")).text
    with province.session() as session:
        (row,) = session.exec(select(tables.StandInRequest)).all()
        assert row.state is StandInState.WITHDRAWN
        assert published_meeting(session, SYSTEM, "m-vries").state is MeetingState.PLANNED


def test_who_cant_either_says_so(
    representative: TestClient, browser: Callable[..., TestClient], asked: Callable[[str], str]
) -> None:
    representative.post("/overleg/m-vries/antwoord", data={"antwoord": "nee"})
    page = browser().post(asked("r14"), data={"antwoord": "nee"}).text
    assert "U zei nee. Kunt u toch?" in page
    own = representative.get("/overleg/m-vries/ik-kan-niet").text
    assert "kan ook niet" in own


def test_the_pages_are_well_formed(
    representative: TestClient,
    browser: Callable[..., TestClient],
    token: Callable[..., str],
    asked: Callable[[str], str],
    faults_of: Callable[[str], list[str]],
) -> None:
    client = browser()
    link = f"/antwoord/{token('r12')}"
    assert faults_of(client.get(link).text) == []
    assert faults_of(client.get(f"{link}/ik-kan-niet").text) == []
    refused = client.post(f"{link}/ik-kan-niet", data={"wie": "al-ja"})
    assert faults_of(refused.text) == []
    representative.post("/overleg/m-vries/antwoord", data={"antwoord": "nee"})
    assert faults_of(representative.get("/overleg/m-vries/ik-kan-niet").text) == []
    assert faults_of(client.get(asked("r14")).text) == []


def test_nobody_but_who_is_asked_has_the_page(
    coordinator: TestClient, municipality: TestClient, representative: TestClient
) -> None:
    assert coordinator.get("/overleg/m-vries/ik-kan-niet").status_code == 403
    assert municipality.get("/overleg/m-emmen/ik-kan-niet").status_code == 403
    assert representative.get("/overleg/m-emmen/ik-kan-niet").status_code == 404


def test_the_first_page_lets_a_no_be_taken_back_with_one_press(
    representative: TestClient, faults_of: Callable[[str], list[str]]
) -> None:
    representative.post("/overleg/m-vries/antwoord", data={"antwoord": "nee"})
    page = representative.get("/").text
    assert "Hier zei u nee" in page
    assert faults_of(page) == []
    representative.post("/overleg/m-vries/antwoord", data={"antwoord": "ja"})
    assert "Hier zei u nee" not in representative.get("/").text


def test_the_first_page_tells_what_is_owed_beside_the_first_question(
    representative: TestClient,
) -> None:
    page = representative.get("/").text
    assert "Wij wachten op uw antwoord" in page
    assert "Zeg of u gaat" in page
    for meeting in ("m-vries", "m-bod", "m-urgentie"):
        representative.post(f"/overleg/{meeting}/antwoord", data={"antwoord": "ja"})
    assert "Zeg of u gaat" not in representative.get("/").text
