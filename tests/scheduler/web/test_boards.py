"""A board sees where its own organisation is heard, and nothing of another's."""

from collections.abc import Callable

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from scheduler.db import tables
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.terms import Role
from scheduler.flows.access.mail_sign_in import mail_asked_links
from scheduler.mail import Office
from scheduler.web.context import Context

Enter = Callable[[Actor], TestClient]


@pytest.fixture
def board(signed_in: Enter) -> TestClient:
    return signed_in(Actor(Role.BOARD, "sbde"))


def test_a_board_sees_who_speaks_for_it(board: TestClient) -> None:
    page = board.get("/")
    assert page.status_code == 200
    assert "Waar SBDE gehoord wordt" in page.text
    assert "spreekt namens u" in page.text
    assert "Afgevaardigde 27" in page.text
    assert "Afgevaardigde 12" not in page.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/bestuur/sbde", 200),
        ("/bestuur/mevm", 404),
        ("/bestuur/nergens", 404),
        ("/overleg/m-urgentie", 200),
        ("/overleg/m-bod", 404),
        ("/afgevaardigde/r27", 200),
        ("/afgevaardigde/r12", 404),
        ("/agenda", 200),
        ("/rooster", 200),
        ("/publiceren", 403),
        ("/gegevens", 403),
        ("/uitnodigen", 403),
        ("/beschikbaar", 403),
        ("/logboek", 403),
    ],
)
def test_a_board_opens_its_own_and_nothing_else(board: TestClient, path: str, status: int) -> None:
    assert board.get(path).status_code == status


def test_the_coordinator_adds_a_board_member_who_can_sign_in(
    coordinator: TestClient, context: Context
) -> None:
    typed = {"van": "board:sbde", "functie": "voorzitter", "adres": "voorzitter@sbde.example"}
    added = coordinator.post("/postbus/adressen", data=typed)
    assert "voorzitter@sbde.example" in added.text
    coordinator.post("/inloggen", data={"adres": "voorzitter@sbde.example"})
    with context.database.session() as session:
        office = Office.of(context.settings, context.key)
        mail_asked_links(session, SYSTEM, office, at=context.clock())
        links = session.exec(select(tables.SignInLink)).all()
    assert [each.subject_id for each in links if each.role is Role.BOARD] == ["sbde"]


def test_a_board_member_without_a_function_is_refused(coordinator: TestClient) -> None:
    typed = {"van": "board:sbde", "functie": " ", "adres": "voorzitter@sbde.example"}
    assert coordinator.post("/postbus/adressen", data=typed).status_code == 400
