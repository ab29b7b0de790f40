"""One organisation lends hours to another by its page: proposed, agreed by both, and stopped."""

import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from scheduler.domain.access import Actor
from scheduler.domain.terms import Role

Enter = Callable[[Actor], TestClient]
TYPED = {
    "gever": "sbde",
    "houder": "federatie",
    "uren": "40",
    "per": "year",
    "eerste_dag": "2027-03-02",
    "laatste_dag": "2027-12-31",
    "opmerking": "Zolang er een plaats open is",
}
ACT = re.compile(r'action="(/uren-lenen/antwoord/[^/"]+)/')


def board_of(signed_in: Enter, organisation: str) -> TestClient:
    return signed_in(Actor(Role.BOARD, organisation))


def test_a_loan_holds_once_both_boards_agree_and_until_it_is_stopped(signed_in: Enter) -> None:
    giver, holder = board_of(signed_in, "sbde"), board_of(signed_in, "federatie")
    answered = giver.post("/uren-lenen", data=TYPED)
    assert "Dit is bewaard." in answered.text
    asked = holder.get("/uren-lenen").text
    assert "Gaat u akkoord?" in asked
    assert "40 uur per jaar" in asked
    assert "Er is niets afgesproken." in asked
    (act,) = set(ACT.findall(asked))
    agreed = holder.post(f"{act}/akkoord").text
    assert "Gaat u akkoord?" not in agreed
    assert "Stop dit vanaf vandaag" in agreed
    assert "Stop dit vanaf vandaag" in giver.get("/uren-lenen").text
    assert "Er is niets afgesproken." in giver.post(f"{act}/stoppen").text


def test_the_holder_may_refuse(signed_in: Enter) -> None:
    board_of(signed_in, "sbde").post("/uren-lenen", data=TYPED)
    holder = board_of(signed_in, "federatie")
    (act,) = set(ACT.findall(holder.get("/uren-lenen").text))
    assert "Gaat u akkoord?" not in holder.post(f"{act}/weigeren").text
    assert holder.post(f"{act}/akkoord").status_code == 409


def test_a_third_board_neither_sees_nor_settles_it(signed_in: Enter) -> None:
    giver, third = board_of(signed_in, "sbde"), board_of(signed_in, "mevm")
    giver.post("/uren-lenen", data=TYPED)
    (act,) = set(ACT.findall(board_of(signed_in, "federatie").get("/uren-lenen").text))
    assert "40 uur" not in third.get("/uren-lenen").text
    for way in ("akkoord", "weigeren", "stoppen"):
        assert third.post(f"{act}/{way}").status_code == 404
    assert third.post("/uren-lenen", data=TYPED).status_code == 403


def test_the_coordinator_records_what_was_agreed_on_paper(
    signed_in: Enter, coordinator: TestClient
) -> None:
    coordinator.post("/uren-lenen", data=TYPED)
    (act,) = set(ACT.findall(coordinator.get("/uren-lenen").text))
    assert "Stop dit vanaf vandaag" in coordinator.post(f"{act}/akkoord").text
    assert "40 uur per jaar" in board_of(signed_in, "sbde").get("/uren-lenen").text
    assert coordinator.post(f"{act}/weg").status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"gever": "nergens"}, "Kies een van de namen."),
        ({"houder": "sbde"}, "Kies twee verschillende organisaties."),
        ({"uren": "veel"}, "Vul in hoeveel uur."),
        ({"uren": "0"}, "Vul in hoeveel uur."),
        ({"eerste_dag": "morgen"}, "Kies een dag."),
        ({"laatste_dag": "2027-03-01"}, "De laatste dag komt voor de eerste."),
        ({"eerste_dag": "2026-03-01", "laatste_dag": "2026-04-01"}, "is al geweest"),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    coordinator: TestClient, changed: dict[str, str], said: str
) -> None:
    answered = coordinator.post("/uren-lenen", data=TYPED | changed)
    assert answered.status_code == 400
    assert said in answered.text
    assert "Zolang er een plaats open is" in answered.text
    assert not ACT.findall(coordinator.get("/uren-lenen").text)
