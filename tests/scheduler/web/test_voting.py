"""Voting in the browser: opened by who goes, cast by boards with and without signing in."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from scheduler.db import tables
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.links import Links
from scheduler.domain.terms import DecisionRule, Role, WeightRule
from scheduler.flows.mail.board_members import add_board_member
from scheduler.flows.voting import vote_link
from scheduler.mail import Office
from scheduler.web.context import Context

Enter = Callable[[Actor], TestClient]
AGENDA = {"ag-1": "Eén urgentieregel", "ag-2": "Begroting"}


@pytest.fixture
def table(context: Context) -> Callable[..., None]:
    """Lets the urgency meeting's table vote, by these rules."""

    def make(**rules: object) -> None:
        with context.database.session() as session:
            row = tables.Table(
                id="t-urgentie",
                name="Urgentieregels",
                level="province",
                character="deciding",
                votes=True,
                **rules,
            )
            session.add(row)
            session.flush()
            session.get_one(tables.Meeting, "m-urgentie").table_id = row.id
            for place, (name, title) in enumerate(AGENDA.items()):
                session.add(
                    tables.AgendaItem(id=name, meeting_id="m-urgentie", position=place, title=title)
                )

    return make


@pytest.fixture
def opened(table: Callable[..., None], coordinator: TestClient) -> Callable[..., str]:
    """The path of a vote that the coordinator opened."""

    def make(**rules: object) -> str:
        table(**rules)
        sent = {"punt": "ag-1", "voorstel": "Eén regel voor de hele provincie"}
        return coordinator.post("/overleg/m-urgentie/stemmingen", data=sent).url.path

    return make


@pytest.fixture
def federation(signed_in: Enter) -> TestClient:
    return signed_in(Actor(Role.BOARD, "federatie"))


def test_who_goes_opens_a_vote_at_the_meeting(
    table: Callable[..., None], representative: TestClient, faults_of: Callable
) -> None:
    table()
    assert "Open een stemming" in representative.get("/overleg/m-urgentie").text
    page = representative.get("/overleg/m-urgentie/stemmingen")
    assert faults_of(page.text) == []
    assert "Begroting" in page.text
    found = representative.post("/overleg/m-urgentie/stemmingen", data={"punt": "ag-2"})
    assert "De stemming leiden" in found.text
    assert faults_of(found.text) == []


def test_a_board_votes_for_itself_and_by_mandate(
    opened: Callable[..., str], federation: TestClient, faults_of: Callable
) -> None:
    path = opened()
    assert "U kunt stemmen" in federation.get("/").text
    page = federation.get(path)
    assert faults_of(page.text) == []
    assert "U stemt met mandaat van SBDE" in page.text
    voted = federation.post(f"{path}/stem/sbde", data={"stem": "tegen"})
    assert "De stem van SBDE is binnen" in voted.text
    assert "<b>Uitgebracht: tegen.</b>" in voted.text
    assert federation.post(f"{path}/stem/mevm", data={"stem": "tegen"}).status_code == 404


def test_a_giver_sees_who_votes_for_it_and_what(
    opened: Callable[..., str], federation: TestClient, signed_in: Enter
) -> None:
    path = opened()
    federation.post(f"{path}/stem/sbde", data={"stem": "voor"})
    page = signed_in(Actor(Role.BOARD, "sbde")).get(path).text
    assert "De Huurdersfederatie stemt voor u, met uw mandaat." in page
    assert "Uitgebracht: voor." in page


def test_a_split_that_doesnt_add_up_comes_back_as_typed(
    opened: Callable[..., str], federation: TestClient, faults_of: Callable
) -> None:
    path = opened(weight_rule=WeightRule.DWELLINGS)
    parts = {"stem": "verdeeld", "deel-voor": "1.000", "deel-tegen": "700", "deel-onthouding": ""}
    page = federation.post(f"{path}/stem/sbde", data=parts)
    assert page.status_code == 400
    assert "Samen moeten de delen 1800 zijn, niet 1700." in page.text
    assert 'value="1.000"' in page.text
    assert faults_of(page.text) == []
    assert (
        federation.post(f"{path}/stem/sbde", data={**parts, "deel-tegen": "x"}).status_code == 400
    )
    done = federation.post(f"{path}/stem/sbde", data={**parts, "deel-onthouding": "100"})
    assert "verdeeld: 1.000 voor, 700 tegen, 100 onthouding" in done.text


def test_no_button_is_no_vote(opened: Callable[..., str], federation: TestClient) -> None:
    path = opened()
    page = federation.post(f"{path}/stem/sbde", data={"stem": "misschien"})
    assert page.status_code == 400
    assert "Kies een van de knoppen." in page.text


def test_the_coordinator_enters_closes_corrects_and_confirms(
    opened: Callable[..., str], coordinator: TestClient, federation: TestClient, faults_of: Callable
) -> None:
    path = opened()
    coordinator.post(f"{path}/stem/mevm", data={"stem": "voor"})
    coordinator.post(f"{path}/stem/sbde", data={"stem": "voor"})
    coordinator.post(f"{path}/stem/federatie", data={"stem": "tegen"})
    page = coordinator.get(path).text
    assert "op de vergadering uitgebracht" in page
    assert "Volgens elke regel" not in page
    closed = coordinator.post(f"{path}/sluiten").text
    assert "De uitslag, nog niet vastgesteld" in closed
    assert faults_of(closed) == []
    assert "Volgens elke regel" not in federation.get(path).text
    assert federation.post(f"{path}/stem/sbde", data={"stem": "tegen"}).status_code == 409
    assert coordinator.post(f"{path}/stem/sbde", data={"stem": "tegen"}).status_code == 400
    fixed = {"stem": "tegen", "reden": "Verkeerd verstaan"}
    assert "Verkeerd verstaan" in coordinator.post(f"{path}/stem/sbde", data=fixed).text
    coordinator.post(f"{path}/vaststellen")
    final = federation.get(path).text
    assert "Het voorstel is niet aangenomen" in final
    assert "Volgens elke regel" in final
    assert faults_of(final) == []
    assert coordinator.post(f"{path}/stem/sbde", data=fixed).status_code == 409


def test_the_coordinator_is_told_what_a_vote_waits_for(
    opened: Callable[..., str], coordinator: TestClient
) -> None:
    path = opened()
    assert "Nog niet iedereen stemde" in coordinator.get("/").text
    coordinator.post(f"{path}/sluiten")
    assert "Stel de uitslag vast" in coordinator.get("/").text
    assert "Sluit de stemming" in coordinator.post(f"{path}/heropenen").text
    coordinator.post(f"{path}/sluiten")
    coordinator.post(f"{path}/vaststellen")
    assert "Stel de uitslag vast" not in coordinator.get("/").text


def test_the_other_half_is_filled_in_and_judged(
    opened: Callable[..., str], coordinator: TestClient
) -> None:
    path = opened(decision_rule=DecisionRule.TENANTS_HALF)
    for name in ("mevm", "sbde", "federatie"):
        coordinator.post(f"{path}/stem/{name}", data={"stem": "voor"})
    coordinator.post(f"{path}/sluiten")
    assert "Er is nog niet beslist" in coordinator.get(path).text
    noughts = {"ander-voor": "0", "ander-tegen": "0"}
    assert coordinator.post(f"{path}/andere-helft", data=noughts).status_code == 400
    said = {"ander-voor": "1", "ander-tegen": "3", "ander-onthouding": ""}
    assert "Het voorstel is aangenomen" in coordinator.post(f"{path}/andere-helft", data=said).text
    assert "Er is nog niet beslist" in coordinator.post(f"{path}/andere-helft", data={}).text


def test_a_link_in_the_mail_votes_without_signing_in(
    opened: Callable[..., str],
    browser: Callable[..., TestClient],
    context: Context,
    now: datetime,
    faults_of: Callable,
) -> None:
    office = Office.of(context.settings, context.key)
    with context.database.session() as session:
        member = add_board_member(
            session,
            COORDINATOR,
            office,
            "federatie",
            function="voorzitter",
            typed="voorzitter@federatie.example",
            at=now,
        )
    vote = opened().rpartition("/")[2]
    with context.database.session() as session:
        asked = session.exec(select(tables.Outgoing).where(tables.Outgoing.uid == f"vote/{vote}"))
        assert [each.recipient_id for each in asked] == [member]
    link = vote_link(Links(context.key), "", vote, member)
    page = browser().get(link)
    assert faults_of(page.text) == []
    voted = browser().post(f"{link}/federatie", data={"stem": "voor"})
    assert "De stem van De Huurdersfederatie is binnen" in voted.text
    assert "via de link in de mail, voorzitter" in voted.text
    assert browser().post(f"{link}/mevm", data={"stem": "voor"}).status_code == 404
    assert browser().post(f"{link}/sbde", data={"stem": ""}).status_code == 400
    assert browser().get(f"{link}x").status_code == 410
    with context.database.session() as session:
        session.get_one(tables.MailAddress, member).stopped_at = now
    assert browser().get(link).status_code == 410


def test_a_link_to_what_isnt_there_works_no_more(
    browser: Callable[..., TestClient], context: Context, now: datetime
) -> None:
    office = Office.of(context.settings, context.key)
    with context.database.session() as session:
        member = add_board_member(
            session,
            COORDINATOR,
            office,
            "sbde",
            function="secretaris",
            typed="secretaris@sbde.example",
            at=now,
        )
    assert browser().get(vote_link(Links(context.key), "", "st-0", member)).status_code == 410
