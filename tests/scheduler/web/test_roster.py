"""The coordinators' plan: what a meeting's page says, and what its forms do."""

import re
from collections.abc import Callable, Mapping
from html import unescape
from urllib.parse import urlsplit

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from scheduler.db import audits, drafts
from scheduler.db.tables import Busy, DraftStep, Meeting, PublishedAttendance, Slot
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.terms import Role
from scheduler.domain.times import EPOCH
from scheduler.web.context import Context

FORM = re.compile(r'<form method="post" action="([^"]+)">(.*?)</form>', re.DOTALL)
FIELD = re.compile(r'name="(\w+)" value="([^"]*)"')

Forms = list[tuple[str, dict[str, str]]]


def forms(html: str, **wanted: str) -> Forms:
    """The forms of a page that carry these values, each with its address and all its values."""
    found = [
        (address, dict(FIELD.findall(unescape(inside)))) for address, inside in FORM.findall(html)
    ]
    return [(a, values) for a, values in found if wanted.items() <= values.items()]


@pytest.fixture
def press(coordinator: TestClient) -> Callable[..., str]:
    """Presses the first button of a page that carries these values, and gives the next page."""

    def do(path: str, **wanted: str) -> str:
        [(address, values), *_] = forms(coordinator.get(path).text, **wanted)
        answer = coordinator.post(address, data=values)
        assert answer.status_code == 200, answer.text
        return answer.text

    return do


def test_a_meeting_tells_why_who_else_and_who_cannot(coordinator: TestClient) -> None:
    page = coordinator.get("/rooster/m-emmen").text
    assert "Waarom Afgevaardigde 4" in page
    assert "Afgevaardigde 4 komt voor De Huurdersfederatie." in page
    assert "Wie de lege plaats kan vullen" in page
    able = page.split("Wie de lege plaats kan vullen")[1]
    assert able.index("Afgevaardigde 27, SBDE") < able.index("Afgevaardigde 5, De Huurders")
    assert "plaats gevuld" in page
    assert "SBDE wordt gehoord." in page
    assert "Nog 2 mensen: geen belang bij dit overleg en geen mandaat" in page


def test_who_cannot_is_named_with_the_rule_and_its_figures(
    coordinator: TestClient, context: Context
) -> None:
    with context.database.session() as session:
        slot = session.get_one(Slot, ("m-emmen", 0))
        session.add(Busy(representative_id="r27", starts_at=slot.starts_at, ends_at=slot.ends_at))
    page = coordinator.get("/rooster/m-emmen").text
    assert "Wie niet kan, en waarom" in page
    assert "Afgevaardigde 27 is dan bezet van 18 maart 2027, 13:30" in page


def test_a_gap_is_filled_undone_and_filled_again(
    coordinator: TestClient, press: Callable[..., str], context: Context
) -> None:
    page = press("/rooster/m-emmen", daad="assign", wie="r27")
    assert "Afgevaardigde 27 is ingezet." in page
    assert "Eén overleg is anders dan in het gepubliceerde rooster." in page
    assert "concept: andere deelnemers" in page
    [(back, values), *_] = forms(page)
    assert back.endswith("/terug")
    undone = coordinator.post(back, data=values).text
    assert "De stap is ongedaan gemaakt." in undone
    assert "Het concept is gelijk aan het gepubliceerde rooster." in undone
    [(again, values), *_] = [each for each in forms(undone) if each[0].endswith("/opnieuw")]
    assert "Afgevaardigde 27 is ingezet." in coordinator.post(again, data=values).text
    with context.database.session() as session:
        came = session.exec(
            select(PublishedAttendance).where(PublishedAttendance.representative_id == "r27")
        )
        assert {each.published_meeting_id for each in came}.isdisjoint({3})


def test_filters_stay_through_a_change(coordinator: TestClient) -> None:
    page = coordinator.get("/rooster/m-emmen?gemeente=GM0114&gaten=ja").text
    [(address, values), *_] = forms(page, daad="pin", wie="r4")
    answer = coordinator.post(address, data=values, follow_redirects=False)
    where = urlsplit(answer.headers["location"])
    assert where.path == "/rooster/m-emmen"
    assert where.query.startswith("gemeente=GM0114&gaten=ja&")


def test_a_way_back_holds_nothing_but_filters(coordinator: TestClient) -> None:
    [(address, values), *_] = forms(coordinator.get("/rooster/m-emmen").text, daad="pin")
    values["terug"] = "https://elders.example/?x=1&gemeente=GM0114\r\nSet-Cookie: a"
    answer = coordinator.post(address, data=values, follow_redirects=False)
    assert answer.headers["location"].startswith("/rooster/m-emmen?gemeente=GM0114")
    assert "set-cookie" not in answer.headers


def test_a_refused_change_says_which_rule_and_changes_nothing(
    coordinator: TestClient, context: Context
) -> None:
    values = {"daad": "assign", "wie": "r12", "versie": "0"}
    answer = coordinator.post("/rooster/m-emmen", data=values)
    assert answer.status_code == 409
    assert "Dit kan niet. Er is niets veranderd." in answer.text
    assert "MEVM" in answer.text
    with context.database.session() as session:
        assert drafts.working_draft(session).version == 0


@pytest.mark.parametrize(
    "values",
    [
        {"daad": "dansen", "wie": "r4", "versie": "0"},
        {"daad": "assign", "wie": "r4"},
        {"daad": "assign", "wie": "r4", "versie": "-1"},
        {"daad": "move", "moment": "99999999999999999999", "versie": "0"},
    ],
)
def test_a_form_that_cannot_be_read_is_bad_input(
    coordinator: TestClient, values: Mapping[str, str]
) -> None:
    assert coordinator.post("/rooster/m-emmen", data=values).status_code == 400


def test_a_form_sent_twice_is_one_step(coordinator: TestClient, context: Context) -> None:
    [(address, values), *_] = forms(
        coordinator.get("/rooster/m-emmen").text, daad="assign", wie="r27"
    )
    for _ in range(2):
        assert "Afgevaardigde 27 is ingezet." in coordinator.post(address, data=values).text
    with context.database.session() as session:
        assert len(session.exec(select(DraftStep)).all()) == 1


def test_the_second_of_two_coordinators_sees_both_and_chooses(
    signed_in: Callable[[Actor], TestClient],
) -> None:
    one, other = signed_in(COORDINATOR), signed_in(COORDINATOR)
    page = one.get("/rooster/m-emmen").text
    [(address, first), *_] = forms(page, daad="assign", wie="r27")
    [(_, second), *_] = forms(page, daad="assign", wie="r5")
    one.post(address, data=first)
    answer = other.post(address, data=second)
    assert answer.status_code == 409
    assert "Afgevaardigde 27 is ingezet." in answer.text
    assert "Afgevaardigde 5 inzetten" in answer.text
    [(again, values), *_] = forms(answer.text, daad="assign", wie="r5")
    refused = other.post(again, data=values)
    assert refused.status_code == 409
    assert "zijn 3 deelnemers, voor hoogstens 2." in refused.text


def test_every_button_of_a_possible_candidate_works(coordinator: TestClient) -> None:
    for meeting in ("m-emmen", "m-vries", "m-urgentie", "m-bod"):
        page = coordinator.get(f"/rooster/{meeting}").text
        places = dict.fromkeys(re.findall(r"plaats=([\w-]+)", page.replace("&amp;", "&")))
        for place in places or [""]:
            beside = coordinator.get(f"/rooster/{meeting}?plaats={place}").text
            for deed in ("assign", "replace", "set_deputy"):
                for address, values in forms(beside, daad=deed):
                    values["versie"] = forms(
                        coordinator.get(f"/rooster/{meeting}").text, daad="ban"
                    )[0][1]["versie"]
                    done = coordinator.post(address, data=values)
                    assert done.status_code == 200, (meeting, place, values)
                    [(back, last), *_] = forms(done.text)
                    assert coordinator.post(back, data=last).status_code == 200


def test_who_is_ruled_out_is_listed_and_let_in_again(press: Callable[..., str]) -> None:
    page = press("/rooster/m-emmen", daad="ban", wie="r27")
    assert "Komt hier niet" in page
    assert "Afgevaardigde 27 is door de coördinator uitgesloten" in page
    page = press("/rooster/m-emmen", daad="unban", wie="r27")
    assert "Komt hier niet" not in page


def test_what_would_open_more_is_worked_out_when_asked(
    coordinator: TestClient, press: Callable[..., str]
) -> None:
    press("/rooster/m-emmen", daad="ban", wie="r27")
    press("/rooster/m-emmen", daad="ban", wie="r5")
    page = coordinator.get("/rooster/m-emmen").text
    assert "Niemand kan. Hieronder staat waarom." in page
    assert "Reken het na" in page
    opened = coordinator.get("/rooster/m-emmen?meer=ja").text
    assert "Reken het na" not in opened
    assert "Elke wijziging hierboven is doorgerekend" in opened
    assert "Afgevaardigde 27" in opened.split("Wat zou meer openen")[1]


def test_what_is_past_or_called_off_cannot_be_changed(coordinator: TestClient) -> None:
    for meeting in ("m-eerder", "m-afgelast"):
        page = coordinator.get(f"/rooster/{meeting}").text
        assert "Er is niets meer aan te veranderen." in page
        assert forms(page, daad="pin") == []
        values = {"daad": "assign", "wie": "r5", "versie": "0"}
        assert coordinator.post(f"/rooster/{meeting}", data=values).status_code == 409


def test_the_plan_can_show_only_what_is_new(
    coordinator: TestClient, press: Callable[..., str]
) -> None:
    press("/rooster/m-emmen", daad="assign", wie="r27")
    page = coordinator.get("/rooster?nieuw=ja").text
    assert "Voortgang prestatieafspraken Emmen" in page
    assert "Woonvisie Tynaarlo" not in page


def test_others_never_see_the_draft(
    press: Callable[..., str], signed_in: Callable[[Actor], TestClient]
) -> None:
    press("/rooster/m-emmen", daad="assign", wie="r27")
    for actor in (Actor(Role.REPRESENTATIVE, "r27"), Actor(Role.MUNICIPALITY, "GM0114")):
        for path in ("/", "/rooster", "/overleg/m-emmen"):
            page = signed_in(actor).get(path).text
            assert "2 van 2" not in page.split("prestatieafspraken Emmen")[-1][:400]
            assert "concept" not in page.lower()


@pytest.mark.parametrize("view", ["week", "maand", "tijdlijn"])
def test_the_same_meetings_are_seen_in_other_ways(coordinator: TestClient, view: str) -> None:
    page = coordinator.get(f"/rooster?beeld={view}&maand=2027-03&week=2027-W11").text
    assert "/rooster/m-emmen" in page
    assert "Terugblik Assen" not in page
    assert coordinator.get(f"/rooster?beeld={view}&week=onzin&maand=nooit").status_code == 200


def test_a_rule_that_the_world_broke_comes_first(coordinator: TestClient, context: Context) -> None:
    with context.database.session() as session:
        slot = session.get_one(Slot, ("m-bod", 0))
        session.add(Busy(representative_id="r12", starts_at=slot.starts_at, ends_at=slot.ends_at))
    page = coordinator.get("/").text
    assert "Eén ding vraagt vandaag om u" in page
    assert "Kan niet meer" in page
    assert "een andere afspraak van Afgevaardigde 12" in page


def test_nothing_is_called_proven_on_a_plan_that_breaks_a_rule(
    coordinator: TestClient, context: Context
) -> None:
    with context.database.session() as session:
        meeting = session.get_one(Meeting, "m-bod")
        meeting.seats_min = meeting.seats_max = 1  # two go there
        audits.record(session, SYSTEM, "change", noun="test", noun_id="m-bod", at=EPOCH)
    page = coordinator.get("/rooster/m-emmen?meer=ja").text
    assert "Het rooster breekt nu ergens een regel" in page
    assert "Elke wijziging hierboven is doorgerekend" not in page


def test_who_cant_come_elsewhere_stops_no_proof(coordinator: TestClient, context: Context) -> None:
    with context.database.session() as session:
        slot = session.get_one(Slot, ("m-bod", 0))
        session.add(Busy(representative_id="r12", starts_at=slot.starts_at, ends_at=slot.ends_at))
    page = coordinator.get("/rooster/m-emmen?meer=ja").text
    assert "Elke wijziging hierboven is doorgerekend" in page


def test_one_press_on_the_first_page_fills_a_gap(
    coordinator: TestClient, press: Callable[..., str]
) -> None:
    page = press("/", daad="assign")
    assert "is ingezet." in page
    first = coordinator.get("/").text
    assert "Concept wacht" in first
    assert "Zojuist in het concept" in first
    assert "Eén plaats is leeg." not in first


def test_a_term_of_the_law_is_told_in_time(coordinator: TestClient, clock: Callable) -> None:
    assert "Vóór zaterdag 1 mei" in coordinator.get("/").text
    clock.now = clock.now.replace(month=1)
    assert "Vóór zaterdag 1 mei" not in coordinator.get("/").text


def test_what_changed_is_seen_by_the_next_page_of_another_process(
    coordinator: TestClient, context: Context
) -> None:
    assert "Twee mensen kunnen wel." in coordinator.get("/").text
    with context.database.session() as session:
        slot = session.get_one(Slot, ("m-emmen", 0))
        session.add(Busy(representative_id="r27", starts_at=slot.starts_at, ends_at=slot.ends_at))
        audits.record(session, SYSTEM, "import", noun="busy", noun_id="r27", at=EPOCH)
    assert "Eén mens kan wel." in coordinator.get("/").text
