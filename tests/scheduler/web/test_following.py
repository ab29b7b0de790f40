"""Following a request by its link, without an account: nothing leaks and looking does nothing."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from scheduler.db.requests import papers_of_meeting
from scheduler.db.tables import (
    MailAddress,
    Meeting,
    MeetingRequest,
    Outgoing,
    Paper,
    Proposal,
    RequestTime,
)
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.terms import MailKind, MeetingState, RequestState, Role
from scheduler.flows.mail.prepare_mail import prepare_mail
from scheduler.flows.requests.request_link import follow_token
from scheduler.mail import Office
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
    "contact": "wonen@emmen.example",
}
OTHER = {"day-0": "2027-06-17", "start-0": "19:00", "end-0": "21:00", "knop": "stuur"}


def text(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.fixture
def asked(municipality: TestClient) -> str:
    """The identifier of a request that the municipality of Emmen has sent."""
    answer = municipality.post("/uitnodigen", data=FORM, follow_redirects=False)
    return answer.headers["location"].partition("?")[0].rpartition("/")[2]


@pytest.fixture
def followed(context: Context, asked: str) -> str:
    """The path by which it is followed."""
    with context.database.session() as session:
        return f"/verzoek/{follow_token(context.key, session.get_one(MeetingRequest, asked))}"


@pytest.fixture
def stranger(browser: Callable[..., TestClient]) -> TestClient:
    """Somebody who isn't signed in."""
    return browser()


def state(context: Context) -> tuple[object, ...]:
    """Everything about requests that could have changed."""
    with context.database.session() as session:
        rows = session.exec(select(MeetingRequest)).all()
        times = session.exec(select(RequestTime)).all()
        papers = session.exec(select(Paper.id)).all()
        return (
            [(row.id, row.state, row.changed_at, row.link_issue) for row in rows],
            [(row.request_id, row.starts_at) for row in times],
            papers,
        )


def test_the_link_shows_how_the_request_stands(
    stranger: TestClient, followed: str, faults_of: Callable[[str], list[str]]
) -> None:
    answer = stranger.get(followed)
    page = text(answer.text)
    assert "Woonzorgvisie <eerste> bespreking" in page
    assert "Deze uitnodiging wacht op een antwoord van de coördinator." in page
    assert answer.headers["cache-control"] == "no-store"
    assert faults_of(answer.text) == []
    assert "Volgen zonder account" not in page


def test_the_mail_brings_the_link(context: Context, stranger: TestClient, followed: str) -> None:
    office = Office.of(context.settings, context.key)
    with context.database.session() as session:
        prepare_mail(session, COORDINATOR, office, at=context.clock())
        (mail,) = session.exec(select(Outgoing).where(Outgoing.kind == MailKind.FOLLOW))
        letter = office.letters.open(mail.message or b"").decode()
    plain = re.sub(r"=\r?\n", "", letter).replace("=3D", "=")
    assert f"http://127.0.0.1:8000{followed}" in plain
    assert stranger.get(followed).status_code == 200


def test_sending_the_same_form_twice_mails_once(
    municipality: TestClient, context: Context, asked: str
) -> None:
    municipality.post("/uitnodigen", data=FORM)
    with context.database.session() as session:
        assert len(session.exec(select(MeetingRequest)).all()) == 1
        assert len(session.exec(select(Outgoing)).all()) == 1
        assert len(session.exec(select(MailAddress)).all()) == 1


@pytest.mark.parametrize("place", ["", "/verzetten", "/stuk/s-0"])
def test_looking_changes_nothing(
    context: Context, stranger: TestClient, followed: str, place: str
) -> None:
    before = state(context)
    stranger.get(f"{followed}{place}")
    stranger.head(f"{followed}{place}")
    assert state(context) == before


ACTS = ("verzetten", "intrekken", "stukken", "voorstel", "stuk/s-0/weg")


@pytest.mark.parametrize("act", ACTS)
def test_no_act_is_done_by_a_get(stranger: TestClient, followed: str, act: str) -> None:
    assert stranger.get(f"{followed}/{act}").status_code == (200 if act == "verzetten" else 405)


def forged(followed: str) -> tuple[str, ...]:
    head, _, proof = followed.rpartition(".")
    other = "a" if proof[0] != "a" else "b"
    return (
        f"{head}.{other}{proof[1:]}",
        f"{head}.",
        head,
        f"/verzoek/u-0000000000.{proof}",
        f"{followed}a",
        "/verzoek/x",
        "/verzoek/%C3%A9.%C3%A9",
    )


def test_a_forged_link_changes_and_tells_nothing(
    context: Context, stranger: TestClient, followed: str
) -> None:
    before = state(context)
    said = set()
    for path in forged(followed):
        for method, act in (("GET", ""), *(("POST", f"/{act}") for act in ACTS)):
            answer = stranger.request(method, f"{path}{act}", data=OTHER if act else None)
            assert answer.status_code in {404, 410}, path
            assert "Woonzorgvisie" not in answer.text
            said.add(text(answer.text))
    assert len(said) <= 2, "one answer for all, besides that of an address that can't be"
    assert state(context) == before


def test_a_link_ends_thirty_days_after_the_last_day(
    stranger: TestClient, followed: str, clock: Any
) -> None:
    clock.now += timedelta(days=130)
    assert stranger.get(followed).status_code == 200
    clock.now += timedelta(days=2)
    answer = stranger.get(followed)
    assert answer.status_code == 410
    assert "het overleg is voorbij" in answer.text
    assert "Woonzorgvisie" not in answer.text


def test_a_new_link_ends_the_old(
    municipality: TestClient, stranger: TestClient, context: Context, asked: str, followed: str
) -> None:
    page = municipality.post(f"/uitnodiging/{asked}/nieuwe-link").text
    assert followed not in page
    assert stranger.get(followed).status_code == 410
    (new,) = set(re.findall(r"/verzoek/[^\"<]+", page))
    assert stranger.get(new).status_code == 200


def test_another_body_gets_no_link(signed_in: Callable[..., TestClient], asked: str) -> None:
    for actor in (Actor(Role.MUNICIPALITY, "GM0106"), Actor(Role.CORPORATION, "lefier")):
        client = signed_in(actor)
        assert client.get(f"/uitnodiging/{asked}").status_code == 404
        assert client.post(f"/uitnodiging/{asked}/nieuwe-link").status_code == 404


def test_moving_by_the_link_is_moving(
    stranger: TestClient, context: Context, followed: str
) -> None:
    refused = stranger.post(f"{followed}/verzetten", data=OTHER | {"end-0": "18:00"})
    assert refused.status_code == 400
    assert 'value="18:00"' in refused.text
    page = text(stranger.post(f"{followed}/verzetten", data=OTHER).text)
    assert "donderdag 17 juni, 19.00 tot 21.00 uur" in page
    again = stranger.post(f"{followed}/verzetten", data=OTHER)
    assert again.status_code == 200


def test_withdrawing_twice_is_once(
    stranger: TestClient, coordinator: TestClient, context: Context, asked: str, followed: str
) -> None:
    coordinator.post(f"/uitnodiging/{asked}/aannemen")
    for _ in range(2):
        page = text(stranger.post(f"{followed}/intrekken").text)
        assert "Deze uitnodiging is ingetrokken." in page
    with context.database.session() as session:
        row = session.get_one(MeetingRequest, asked)
        assert row.state is RequestState.WITHDRAWN
        assert session.get_one(Meeting, row.meeting_id).state is MeetingState.CANCELLED
    assert stranger.post(f"{followed}/verzetten", data=OTHER).status_code == 409


def test_a_reasoned_no_is_read(
    stranger: TestClient, coordinator: TestClient, asked: str, followed: str
) -> None:
    coordinator.post(f"/uitnodiging/{asked}/afwijzen", data={"reason": "Te kort dag."})
    assert "De reden: Te kort dag." in text(stranger.get(followed).text)
    assert stranger.post(f"{followed}/intrekken").status_code == 409


def document(*names: str) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


GOOD = {
    "stuk.pdf": b"%PDF-1.7 ...",
    "C:\\map\\nota.docx": document("[Content_Types].xml", "word/document.xml"),
    "brief": b"Beste huurders,\r\nwelkom.\n",
}


@pytest.mark.parametrize("name", list(GOOD))
def test_a_file_can_be_added_fetched_and_taken_away(
    stranger: TestClient, context: Context, followed: str, name: str
) -> None:
    for _ in range(2):
        page = stranger.post(f"{followed}/stukken", files={"file": (name, GOOD[name])}).text
    (address,) = set(re.findall(r'href="(/verzoek/[^"]+/stuk/[^"]+)"', page))
    answer = stranger.get(address)
    assert answer.content == GOOD[name]
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "map" not in answer.headers["content-disposition"]
    stranger.post(f"{address}/weg")
    assert stranger.get(address).status_code == 404


BAD = {
    "macro.docm": document("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "los.zip": document("los.txt"),
    "kapot.zip": b"PK\x03\x04 kapot",
    "page.pdf": b"<html><script>alert(1)</script>",
    "virus.exe": b"MZ\x90\x00\x03",
    "leeg.txt": b"",
}


@pytest.mark.parametrize("name", list(BAD))
def test_what_is_no_paper_is_refused(
    stranger: TestClient, context: Context, followed: str, name: str
) -> None:
    answer = stranger.post(f"{followed}/stukken", files={"file": (name, BAD[name])})
    assert answer.status_code == 400
    with context.database.session() as session:
        assert session.exec(select(Paper)).all() == []


def test_who_may_see_the_meeting_may_read_its_papers(
    municipality: TestClient,
    representative: TestClient,
    coordinator: TestClient,
    context: Context,
    asked: str,
) -> None:
    municipality.post(f"/uitnodiging/{asked}/stukken", files={"file": ("a.pdf", GOOD["stuk.pdf"])})
    with context.database.session() as session:
        (paper,) = session.exec(select(Paper.id))
        session.get_one(MeetingRequest, asked).meeting_id = "m-emmen"
    assert representative.get(f"/stuk/{paper}").status_code == 404, "it isn't a meeting of hers"
    with context.database.session() as session:
        session.get_one(MeetingRequest, asked).meeting_id = "m-bod"
        reader = Actor(Role.REPRESENTATIVE, "r12")
        _, files = papers_of_meeting(session, reader, "m-bod")
        assert [each.id for each in files] == [paper]
    for reader_of_it in (representative, municipality, coordinator):
        assert reader_of_it.get(f"/stuk/{paper}").content == GOOD["stuk.pdf"]


def test_links_are_added_beside_those_that_are_there(stranger: TestClient, followed: str) -> None:
    for link in ("https://emmen.example/a.pdf", "https://emmen.example/b.pdf"):
        page = stranger.post(f"{followed}/stukken", data={"papers": link}).text
    assert "https://emmen.example/a.pdf" in page
    assert "https://emmen.example/b.pdf" in page
    refused = stranger.post(f"{followed}/stukken", data={"papers": "javascript:alert(1)"})
    assert refused.status_code == 400
    assert "javascript:alert(1)</textarea>" in refused.text


@pytest.fixture
def proposed(coordinator: TestClient, context: Context, asked: str) -> str:
    """The number of a proposal that the coordinator has made."""
    address = f"/uitnodiging/{asked}/voorstellen"
    assert coordinator.get(address).status_code == 200
    more = coordinator.post(address, data=OTHER | {"knop": "nog"})
    assert 'name="day-1"' in more.text
    assert coordinator.post(address, data=OTHER | {"end-0": ""}).status_code == 400
    coordinator.post(address, data=OTHER | {"note": "Dan kunnen er meer."})
    with context.database.session() as session:
        (proposal,) = session.exec(select(Proposal))
        return str(proposal.id)


def test_a_proposal_is_taken_by_the_link_once(
    stranger: TestClient, context: Context, followed: str, proposed: str
) -> None:
    page = text(stranger.get(followed).text)
    assert "Dan kunnen er meer." in page
    for _ in range(2):
        form = {"voorstel": proposed, "knop": "neem:0"}
        page = text(stranger.post(f"{followed}/voorstel", data=form).text)
        assert "donderdag 17 juni, 19.00 tot 21.00 uur" in page
    assert "De huurders stellen iets anders voor" not in page
    other = stranger.post(f"{followed}/voorstel", data={"voorstel": proposed, "knop": "nee"})
    assert other.status_code == 409


def test_a_proposal_can_be_turned_down(
    stranger: TestClient, coordinator: TestClient, asked: str, followed: str, proposed: str
) -> None:
    for _ in range(2):
        form = {"voorstel": proposed, "knop": "nee", "answer": "Dan is er raad."}
        page = text(stranger.post(f"{followed}/voorstel", data=form).text)
    assert "donderdag 10 juni, 13.30 tot 15.30 uur" in page
    assert "Dan is er raad." in text(coordinator.get(f"/uitnodiging/{asked}").text)


@pytest.mark.parametrize(
    ("number", "act", "status"),
    [("", "neem:0", 400), ("9" * 40, "neem:0", 409), ("1", "neem:7", 409), ("1", "iets", 400)],
)
def test_an_answer_to_nothing_does_nothing(
    stranger: TestClient,
    context: Context,
    followed: str,
    proposed: str,
    number: str,
    act: str,
    status: int,
) -> None:
    before = state(context)
    answer = stranger.post(f"{followed}/voorstel", data={"voorstel": number, "knop": act})
    assert answer.status_code == status
    assert state(context) == before


def test_a_link_opens_its_own_request_alone(
    municipality: TestClient,
    stranger: TestClient,
    coordinator: TestClient,
    context: Context,
    followed: str,
) -> None:
    sent = municipality.post(
        "/uitnodigen", data=FORM | {"key": "ander", "title": "Een ander"}, follow_redirects=False
    )
    other = sent.headers["location"].partition("?")[0]
    municipality.post(f"{other}/stukken", files={"file": ("stuk.pdf", GOOD["stuk.pdf"])})
    with context.database.session() as session:
        (paper,) = session.exec(select(Paper.id))
    assert stranger.get(f"{followed}/stuk/{paper}").status_code == 404
    stranger.post(f"{followed}/stuk/{paper}/weg")
    assert municipality.get(f"{other}/stuk/{paper}").status_code == 200
