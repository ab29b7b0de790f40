"""Corporations and the province ask as municipalities do, the coordinator on anybody's behalf."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from scheduler.db.tables import Corporation, FormDraft, MeetingRequest, Outgoing, Paper, Province
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.terms import Level, Role
from scheduler.flows.access.mail_sign_in import mail_asked_links
from scheduler.mail import Office
from scheduler.web.context import Context

FORM = {
    "key": "sleutel",
    "knop": "stuur",
    "title": "Onderhoud Lefier",
    "character": "advising",
    "day-0": "2027-06-10",
    "start-0": "13:30",
    "end-0": "15:30",
    "mode": "online",
    "organisations": ["federatie", "sbde"],
}
LEFIER, PROVINCE = Actor(Role.CORPORATION, "lefier"), Actor(Role.PROVINCE)
EMMEN = Actor(Role.MUNICIPALITY, "GM0114")


def text(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.fixture
def housed(context: Context) -> None:
    """The corporation and the province have a place to meet."""
    with context.database.session() as session:
        session.get_one(Corporation, "lefier").place_id = "emmen"
        session.get_one(Province, "drenthe").place_id = "assen"


@pytest.mark.parametrize(
    ("actor", "named", "concerned"),
    [
        (EMMEN, "Gemeentehuis Emmen", {"federatie", "sbde"}),
        (LEFIER, "Bij u: Lefier, Emmen", {"federatie", "sbde", "mevm"}),
        (PROVINCE, "Bij u: Drenthe, Assen", {"federatie", "sbde", "mevm"}),
    ],
    ids=["municipality", "corporation", "province"],
)
def test_the_form_is_filled_in_for_whoever_asks(
    housed: None,
    signed_in: Callable[..., TestClient],
    faults_of: Callable[[str], list[str]],
    actor: Actor,
    named: str,
    concerned: set[str],
) -> None:
    page = signed_in(actor).get("/uitnodigen").text
    assert named in text(page)
    assert set(re.findall(r'name="organisations" value="(\w+)"[^>]* checked', page)) == concerned
    assert faults_of(page) == []


def test_who_has_no_place_to_meet_asks_online(signed_in: Callable[..., TestClient]) -> None:
    page = signed_in(LEFIER).get("/uitnodigen").text
    assert 'value="in_person"' not in page
    assert 'value="online"' in page


@pytest.mark.parametrize("actor", [LEFIER, PROVINCE], ids=["corporation", "province"])
def test_it_asks_follows_and_withdraws_its_own(
    context: Context, signed_in: Callable[..., TestClient], actor: Actor
) -> None:
    client = signed_in(actor)
    looked = client.post("/uitnodigen", data=FORM | {"knop": "kijk"})
    assert "afgevaardigden kunnen dan" in text(looked.text)
    answer = client.post("/uitnodigen", data=FORM)
    assert "Uw uitnodiging is verstuurd." in text(answer.text)
    with context.database.session() as session:
        (row,) = session.exec(select(MeetingRequest))
    assert row.level == (Level.CORPORATION if actor is LEFIER else Level.PROVINCE)
    for other in (EMMEN, LEFIER if actor is PROVINCE else PROVINCE):
        assert signed_in(other).get(f"/uitnodiging/{row.id}").status_code == 404
    assert "ingetrokken" in text(client.post(f"/uitnodiging/{row.id}/intrekken").text)
    for path in ("/", "/rooster", "/uitnodigingen"):
        assert client.get(path).status_code == 200, path


def test_the_coordinator_asks_on_somebodys_behalf(
    context: Context, coordinator: TestClient, faults_of: Callable[[str], list[str]]
) -> None:
    chosen = coordinator.get("/uitnodigen")
    assert 'href="/uitnodigen?namens=corporation%3Alefier"' in chosen.text
    assert faults_of(chosen.text) == []
    page = coordinator.get("/uitnodigen?namens=municipality:GM0106").text
    assert "U vraagt namens Assen." in text(page)
    coordinator.post("/uitnodigen", data=FORM | {"namens": "municipality:GM0106"})
    with context.database.session() as session:
        (row,) = session.exec(select(MeetingRequest))
        assert row.municipality_id == "GM0106"


def test_nobody_asks_in_anothers_name(municipality: TestClient, context: Context) -> None:
    municipality.post("/uitnodigen", data=FORM | {"namens": "municipality:GM0106"})
    with context.database.session() as session:
        (row,) = session.exec(select(MeetingRequest))
        assert row.municipality_id == "GM0114"


def test_what_was_typed_is_kept_and_found_again(
    municipality: TestClient, faults_of: Callable[[str], list[str]]
) -> None:
    kept = municipality.post("/uitnodigen", data=FORM | {"knop": "nog", "key": "k1"})
    assert "Bewaard om 09.30 uur." in text(kept.text)
    left = municipality.post("/uitnodigen", data=FORM | {"knop": "bewaar", "key": "k2"})
    assert left.url.path == "/uitnodigingen"
    assert left.text.count("?concept=") == 2
    page = municipality.get("/uitnodigen?concept=k2").text
    assert 'value="Onderhoud Lefier"' in page
    assert 'value="2027-06-10"' in page
    assert re.search(r'value="online"[^>]* checked', page)
    assert faults_of(page) == []
    municipality.post("/uitnodigen/weg", data={"key": "k1"})
    municipality.post("/uitnodigen", data=FORM | {"key": "k2"})
    assert "?concept=" not in municipality.get("/uitnodigingen").text


def test_a_file_goes_along_with_the_form_or_nothing_does(
    municipality: TestClient, context: Context
) -> None:
    refused = municipality.post(
        "/uitnodigen", data=FORM, files={"file": ("macro.exe", b"MZ\x00\x01")}
    )
    assert refused.status_code == 400
    assert "Dit soort bestand kan niet." in text(refused.text)
    for _ in range(2):
        sent = municipality.post("/uitnodigen", data=FORM, files={"file": ("nota.pdf", b"%PDF-1")})
        assert "nota.pdf" in sent.text
    with context.database.session() as session:
        assert len(session.exec(select(MeetingRequest)).all()) == 1
        assert len(session.exec(select(Paper)).all()) == 1


def test_what_is_kept_while_it_is_typed_gets_no_page_and_is_there_later(
    municipality: TestClient,
) -> None:
    typed = FORM | {"knop": "houd", "key": "k9", "title": "Half get"}
    answer = municipality.post("/uitnodigen", data=typed)
    assert (answer.status_code, answer.text) == (204, "")
    assert "Half get" in municipality.get("/uitnodigen").text
    assert 'value="Half get"' in municipality.get("/uitnodigen?concept=k9").text
    huge = typed | {"question": "x" * 30_000}
    assert municipality.post("/uitnodigen", data=huge).status_code == 413
    municipality.post("/uitnodigen", data=FORM | {"knop": "stuur", "key": "k9"})
    assert "Half get" not in municipality.get("/uitnodigen").text


def test_a_form_with_faults_is_kept_too(municipality: TestClient, context: Context) -> None:
    assert municipality.post("/uitnodigen", data=FORM | {"end-0": ""}).status_code == 400
    with context.database.session() as session:
        (draft,) = session.exec(select(FormDraft))
        assert draft.typed["title"] == ["Onderhoud Lefier"]


def test_anothers_draft_stays_unseen(
    municipality: TestClient, signed_in: Callable[..., TestClient], context: Context
) -> None:
    municipality.post("/uitnodigen", data=FORM | {"knop": "kijk", "key": "k1"})
    stranger = signed_in(LEFIER)
    assert "Onderhoud" not in stranger.get("/uitnodigen?concept=k1").text
    stranger.post("/uitnodigen", data=FORM | {"knop": "kijk", "key": "k1", "title": "Anders"})
    stranger.post("/uitnodigen/weg", data={"key": "k1"})
    with context.database.session() as session:
        (draft,) = session.exec(select(FormDraft))
        assert draft.typed["title"] == ["Onderhoud Lefier"]


def test_only_the_newest_ten_drafts_are_kept(municipality: TestClient, context: Context) -> None:
    for number in range(12):
        municipality.post("/uitnodigen", data=FORM | {"knop": "kijk", "key": f"k{number:02}"})
    huge = FORM | {"knop": "kijk", "key": "huge", "question": "x" * 30_000}
    assert "Bewaard om" not in municipality.post("/uitnodigen", data=huge).text
    with context.database.session() as session:
        assert len(session.exec(select(FormDraft)).all()) == 10


def test_a_municipality_sees_who_sits_where(municipality: TestClient) -> None:
    page = text(municipality.get("/").text)
    assert "Wie zit waar" in page
    assert "Prestatieafspraken Emmen" in page
    assert "De Huurdersfederatie" in page
    assert "Afgevaardigde 4" not in page
    assert 'href="/uitnodigen"' in municipality.get("/").text


def test_a_contact_person_signs_in_by_mail_for_their_body(
    coordinator: TestClient, browser: Callable[..., TestClient], context: Context
) -> None:
    for body, address in (("corporation:lefier", "w@lefier.example"), ("province", "w@pd.example")):
        form = {"van": body, "functie": "beleid wonen", "adres": address}
        assert coordinator.post("/postbus/adressen", data=form).status_code == 200
    assert "Lefier" in coordinator.get("/postbus/adressen").text
    browser().post("/inloggen", data={"adres": "W@lefier.example"})
    browser().post("/inloggen", data={"adres": "w@pd.example"})
    with context.database.session() as session:
        office = Office.of(context.settings, context.key)
        mail_asked_links(session, SYSTEM, office, at=context.clock())
        found = session.exec(select(Outgoing).where(Outgoing.uid.startswith("sign-in/"))).all()
    assert len(found) == 2
