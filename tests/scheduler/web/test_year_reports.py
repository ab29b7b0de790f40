"""A board downloads its own year report, who sees all any of them."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from scheduler.domain.access import Actor
from scheduler.domain.terms import Role


def test_a_board_downloads_its_own_year(signed_in: Callable[[Actor], TestClient]) -> None:
    board = signed_in(Actor(Role.BOARD, "sbde"))
    assert 'href="/jaarverslag/2027/sbde.pdf"' in board.get("/jaarverslag").text
    answer = board.get("/jaarverslag/2027/sbde.docx")
    assert answer.status_code == 200
    assert 'filename="jaarverslag-2027-sbde.docx"' in answer.headers["Content-Disposition"]
    assert board.get("/jaarverslag/2027/mevm.docx").status_code == 404


def test_the_coordinator_downloads_the_provinces(coordinator: TestClient) -> None:
    assert "Heel de provincie" in coordinator.get("/jaarverslag").text
    page = coordinator.get("/jaarverslag/2027/provincie.html")
    assert page.headers["Content-Type"].startswith("text/html")
    assert "Jaarverslag 2027: huurders in Drenthe" in page.text


@pytest.mark.parametrize("path", ["2027/provincie.exe", "1/provincie.pdf", "2027/nergens.pdf"])
def test_what_isnt_there_isnt_found(coordinator: TestClient, path: str) -> None:
    assert coordinator.get(f"/jaarverslag/{path}").status_code == 404
