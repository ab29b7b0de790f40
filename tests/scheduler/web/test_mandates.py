"""The pages about mandates: seen by whom they concern, and acted on by the boards."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, select
from starlette.testclient import TestClient

from scheduler.db import tables
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.links import Links
from scheduler.domain.terms import Level, MandateState, Participation, Role
from scheduler.flows.mail.board_members import add_board_member
from scheduler.flows.mandates.choice_letter import choice_link
from scheduler.flows.mandates.links import mandate_link
from scheduler.mail import Office
from scheduler.web.context import Context

TODAY = "2027-03-02"
Enter = Callable[[Actor], TestClient]
Whole = Callable[[str], None]
FORM = {
    "gever": "sbde",
    "houder": "mevm",
    "eerste_dag": "2027-04-01",
    "laatste_dag": "2027-12-31",
    "gemeenten": ["GM0114"],
    "grens": "Niet over de huurprijs",
}


@pytest.fixture
def board(signed_in: Enter) -> TestClient:
    return signed_in(Actor(Role.BOARD, "sbde"))


def newest(context: Context) -> str:
    with context.database.session() as session:
        query = select(tables.Mandate.id).where(
            tables.Mandate.holder_id == "mevm", tables.Mandate.giver_id == "sbde"
        )
        return session.exec(query).one()


def state(context: Context, mandate_id: str) -> MandateState:
    with context.database.session() as session:
        return session.get_one(tables.Mandate, mandate_id).state


def member(context: Context, organisation: str, at: datetime) -> str:
    with context.database.session() as session:
        return add_board_member(
            session,
            COORDINATOR,
            Office.of(context.settings, context.key),
            organisation,
            function="voorzitter",
            typed=f"voorzitter@{organisation}.example",
            at=at,
        )


def test_the_page_shows_who_speaks_for_whom(coordinator: TestClient, page_of: Whole) -> None:
    page = coordinator.get("/mandaten?dag=2027-03-02").text
    assert "Op dinsdag 2 maart 2027" in page
    assert 'href="/mandaten/md-sbde"' in page
    page_of(page)


@pytest.fixture
def page_of() -> Whole:
    """Every heading in order, and no placeholder left."""

    def check(text: str) -> None:
        assert text.count("<h1") == 1
        assert "%(" not in text

    return check


@pytest.mark.parametrize(
    "path", ["/mandaten", "/mandaten/md-sbde", "/mandaten/nieuw", "/meedoen/sbde"]
)
def test_every_page_is_whole_in_both_languages(
    board: TestClient, page_of: Whole, path: str
) -> None:
    page_of(board.get(path).text)
    board.get("/taal/en")
    page_of(board.get(path).text)


def test_a_board_sees_only_what_it_gives_or_holds(board: TestClient) -> None:
    assert board.get("/mandaten/md-federatie").status_code == 404
    page = board.get("/mandaten").text
    assert "md-sbde" in page
    assert "md-federatie" not in page


def test_a_municipality_sees_no_limits(
    signed_in: Enter, coordinator: TestClient, context: Context
) -> None:
    coordinator.post("/mandaten/nieuw", data=FORM)
    made = newest(context)
    coordinator.post(f"/mandaten/{made}/akkoord")
    town = signed_in(Actor(Role.MUNICIPALITY, "GM0114"))
    page = town.get(f"/mandaten/{made}")
    assert page.status_code == 200
    assert "MEVM" in page.text
    assert "Niet over de huurprijs" not in page.text
    assert "Geschiedenis" not in page.text


def test_a_form_with_faults_comes_back_as_typed(board: TestClient) -> None:
    answer = board.post("/mandaten/nieuw", data={**FORM, "houder": "sbde", "laatste_dag": "ooit"})
    assert answer.status_code == 400
    assert 'href="#laatste_dag"' in answer.text
    assert "Niet over de huurprijs" in answer.text


def test_both_boards_agree_one_by_page_one_by_link(
    board: TestClient, browser: Callable[..., TestClient], context: Context
) -> None:
    someone = member(context, "mevm", context.clock())
    made_at = board.post("/mandaten/nieuw", data=FORM).url.path
    made = made_at.rpartition("/")[2]
    assert state(context, made) is MandateState.PROPOSED
    link = mandate_link(Links(context.key), "", made, someone)
    visitor = browser()
    assert "Ja, wij zijn akkoord" in visitor.get(link).text
    assert state(context, made) is MandateState.PROPOSED
    answered = visitor.post(f"{link}/akkoord")
    assert "Uw akkoord is bewaard" in answered.text
    assert state(context, made) is MandateState.AGREED
    assert visitor.post(f"{link}/akkoord").status_code == 409


def test_a_link_of_somebody_else_opens_nothing(browser: Callable[..., TestClient]) -> None:
    assert browser().get("/mandaat/verzonnen.bewijs").status_code == 410


def test_withdrawing_shows_a_gap_with_its_reason(
    board: TestClient, coordinator: TestClient
) -> None:
    assert "wordt hier niet meer gehoord" not in coordinator.get("/overleg/m-urgentie").text
    board.post("/mandaten/md-sbde/intrekken", data={"vanaf": TODAY})
    assert "Het mandaat van SBDE aan" in coordinator.get("/").text
    assert "wordt hier niet meer gehoord" in coordinator.get("/overleg/m-urgentie").text


def test_the_past_cant_be_withdrawn(board: TestClient) -> None:
    answer = board.post("/mandaten/md-sbde/intrekken", data={"vanaf": "2026-01-01"})
    assert answer.status_code == 400
    assert "Kies vandaag of een latere dag" in answer.text


def test_a_board_chooses_whether_it_takes_part(board: TestClient) -> None:
    typed = {"waarover": "level:province", "keuze": "out", "reden": "Te ver", "eerste_dag": TODAY}
    assert "Uw keuze is bewaard" in board.post("/meedoen/sbde", data=typed).text
    assert "doet niet mee" in board.get("/mandaten").text
    assert board.post("/meedoen/mevm", data=typed).status_code == 404


def test_a_renewal_is_asked_for_in_one_press(board: TestClient) -> None:
    answer = board.post("/mandaten/md-sbde/verlengen")
    assert "De verlenging is gevraagd" in answer.text
    assert "1 januari 2028 tot en met 31 december 2028" in answer.text


def test_what_the_coordinator_records_is_told_as_such(
    coordinator: TestClient, context: Context
) -> None:
    form = {
        "gever": "mevm",
        "houder": "sbde",
        "eerste_dag": "2027-01-01",
        "laatste_dag": "2027-06-30",
    }
    coordinator.post("/gegevens/mandaten/nieuw", data=form)
    with context.database.session() as session:
        made = _given_by(session, "mevm")
    assert "Vastgelegd, op papier afgesproken" in coordinator.get(f"/mandaten/{made}").text


def _given_by(session: Session, giver: str) -> str:
    return session.exec(select(tables.Mandate.id).where(tables.Mandate.giver_id == giver)).one()


def test_a_board_member_keeps_a_choice_by_the_link_in_the_mail(
    context: Context, browser: Callable[..., TestClient], page_of: Whole
) -> None:
    now = context.clock()
    who = member(context, "sbde", now)
    with context.database.session() as session:
        choice = tables.ParticipationChoice(
            id="pc-old",
            organisation_id="sbde",
            level=Level.PROVINCE,
            choice=Participation.REPRESENTED,
            reason="De Federatie gaat",
            first_day=date(2026, 1, 1),
            ask_on=date(2027, 1, 1),
            role=Role.BOARD,
            chosen_at=now - timedelta(days=400),
        )
        session.add(choice)
    path = choice_link(Links(context.key), "", who)
    page_of(browser().get(path).text)
    assert "Ja, laat het zo" in browser().get(path).text
    done = browser().post(path, data={"blijft": "pc-old"})
    assert "Uw keuze is bewaard" in done.text
    assert "Ja, laat het zo" not in browser().get(path).text
    assert browser().get("/waaraan-mee/verzonnen.bewijs").status_code == 410
