"""The outbox in the browser, and a representative who asks for mail there."""

from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from scheduler.db import tables
from scheduler.domain.terms import MailState
from scheduler.jobs.mail import deliver_due_mail
from scheduler.mail import Office, open_post
from scheduler.web.context import Context

CONTACT = {"van": "municipality:GM0114", "functie": "wonen <b>", "adres": "wonen@emmen.example"}


@pytest.fixture
def office(
    context: Context, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Office:
    monkeypatch.chdir(tmp_path_factory.mktemp("house"))
    return Office.of(context.settings, context.key)


def deliver(context: Context, office: Office, hours: int = 0) -> None:
    deliver_due_mail(
        context.database,
        office,
        open_post(office),
        clock=lambda: context.clock() + timedelta(hours=hours),
    )


def numbers(context: Context, state: MailState) -> list[int]:
    with context.database.session() as session:
        query = select(tables.Outgoing.id).where(tables.Outgoing.state == state)
        return list(session.exec(query))


def test_a_contact_persons_mail_is_seen_sent_and_read_back(
    coordinator: TestClient, context: Context, office: Office, faults_of: Callable[[str], list[str]]
) -> None:
    page = coordinator.post("/postbus/adressen", data=CONTACT).text
    assert "wonen@emmen.example" in page
    assert faults_of(page) == []
    page = coordinator.get("/postbus").text
    assert "Verstuur alles" in page
    assert "wonen &lt;b&gt;, Emmen" in page
    assert "gaat vanzelf om 10.30 uur" in page
    assert faults_of(page) == []
    first = min(numbers(context, MailState.HELD))
    page = coordinator.get(f"/postbus/{first}").text
    assert "Uitnodiging: " in page
    assert "Dit overleg met huurders staat op het rooster." in page
    assert "Afgevaardigde 4" not in page.partition("<main")[2]
    assert faults_of(page) == []
    page = coordinator.post("/postbus/versturen").text
    assert "gaat nu uit" in page
    deliver(context, office)
    page = coordinator.get("/postbus").text
    assert "verstuurd, dinsdag 2 maart" in page
    assert "Uitnodiging: " in coordinator.get(f"/postbus/{first}").text, "it lies in the folder"


def test_one_mail_is_sent_and_another_withdrawn(
    coordinator: TestClient, context: Context, office: Office
) -> None:
    coordinator.post("/postbus/adressen", data=CONTACT)
    one, *others = numbers(context, MailState.HELD)
    coordinator.post(f"/postbus/{one}/versturen")
    for other in others:
        coordinator.post(f"/postbus/{other}/intrekken")
    deliver(context, office)
    assert numbers(context, MailState.SENT) == [one]
    assert numbers(context, MailState.WITHDRAWN) == others


def test_a_contact_person_can_be_taken_off(coordinator: TestClient, context: Context) -> None:
    coordinator.post("/postbus/adressen", data=CONTACT)
    with context.database.session() as session:
        (identifier,) = session.exec(select(tables.MailAddress.id))
    page = coordinator.post(f"/postbus/adressen/{identifier}/stoppen").text
    assert "wonen@emmen.example" not in page


def test_a_representative_asks_for_mail_and_confirms_it_by_the_link(
    representative: TestClient,
    browser: Callable[..., TestClient],
    context: Context,
    office: Office,
    faults_of: Callable[[str], list[str]],
) -> None:
    assert "U krijgt nu geen mail" in representative.get("/mail").text
    assert 'href="/mail"' in representative.get("/agenda").text
    page = representative.post("/mail", data={"adres": "ik@post.example"}).text
    assert "Wij stuurden een link naar ik@post.example" in page
    assert faults_of(page) == []
    deliver(context, office)
    (file,) = office.folder.glob("*.eml")
    text = message_from_bytes(file.read_bytes(), policy=default).get_body(("plain",)).get_content()
    path = f"/mail/bevestigen/{text.partition('/mail/bevestigen/')[2].split()[0]}"
    elsewhere = browser()
    page = elsewhere.get(path).text
    assert faults_of(page) == []
    assert "U krijgt mail" not in representative.get("/mail").text, "looking confirms nothing"
    assert "Gelukt" in elsewhere.post(path).text
    assert elsewhere.post(path).status_code == 410
    page = representative.get("/mail").text
    assert "Op dit adres: ik@post.example" in page
    assert faults_of(page) == []
    assert "U krijgt nu geen mail" in representative.post("/mail/stoppen").text


def test_a_link_for_somebody_else_is_nobodys_to_read(
    representative: TestClient, coordinator: TestClient, context: Context
) -> None:
    representative.post("/mail", data={"adres": "ik@post.example"})
    (number,) = numbers(context, MailState.WAITING)
    page = coordinator.get(f"/postbus/{number}").text
    assert "De inhoud is hier niet te lezen" in page
    assert "bevestigen/" not in page
    assert "ik@post.example" not in page


def test_a_representative_who_gets_mail_can_ask_for_a_link_to_sign_in(
    representative: TestClient,
    browser: Callable[..., TestClient],
    context: Context,
    office: Office,
    faults_of: Callable[[str], list[str]],
) -> None:
    visitor = browser("192.0.2.7")
    nobody = visitor.post("/inloggen", data={"adres": "ik@post.example"}).text
    representative.post("/mail", data={"adres": "ik@post.example"})
    deliver(context, office)
    representative.post(link_in(office, "/mail/bevestigen/"))
    for _ in range(7):
        answer = visitor.post("/inloggen", data={"adres": "IK@post.example"}).text
        assert answer == nobody
    assert faults_of(answer) == []
    for file in office.folder.glob("*.eml"):
        file.unlink()
    deliver(context, office)
    with context.database.session() as session:
        asked = session.exec(select(tables.Outgoing).where(tables.Outgoing.kind == "sign_in"))
        assert len(asked.all()) == 4, "the fifth of the hour was asked before anybody was known"
    page = visitor.post(link_in(office, "/inloggen/")).text
    assert "Afgevaardigde 12" in page
    assert visitor.post("/inloggen", data={"adres": "geen adres"}).status_code == 400


def link_in(office: Office, start: str) -> str:
    """The path of the link in the first mail that has one."""
    for file in sorted(office.folder.glob("*.notice.eml")):
        message = message_from_bytes(file.read_bytes(), policy=default)
        _, found, rest = message.get_body(("plain",)).get_content().partition(start)
        if found:
            return f"{start}{rest.split()[0]}"
    raise AssertionError(start)


def test_a_long_pile_stands_on_pages(
    coordinator: TestClient, context: Context, faults_of: Callable[[str], list[str]]
) -> None:
    coordinator.post("/postbus/adressen", data=CONTACT)
    with context.database.session() as session:
        one = session.exec(select(tables.Outgoing)).first()
        assert one is not None
        kept = one.model_dump(exclude={"id", "sequence", "state"})
        session.add_all(
            tables.Outgoing(**kept, sequence=100 + number, state=MailState.FAILED)
            for number in range(51)
        )
    page = coordinator.get("/postbus").text
    assert page.count("/opnieuw") == 50
    assert "Verstuur alles" in page
    assert 'href="?blad=2&amp;stapel=mislukt"' in page
    after = coordinator.get("/postbus?blad=2&stapel=mislukt").text
    assert after.count("/opnieuw") == 1
    assert "Verstuur alles" not in after, "another pile has its own pages"
    assert faults_of(page) == faults_of(after) == []
