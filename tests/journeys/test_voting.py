"""A board votes on the phone, without JavaScript; the coordinator closes and confirms."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_a_vote_from_the_first_ballot_to_the_result(
    visit: Callable[..., Page], voting_site: object
) -> None:
    desk = visit("coordinator", at=voting_site, java_script_enabled=False)
    desk.goto("/overleg/m-urgentie/stemmingen")
    desk.get_by_label("Agendapunt").select_option(label="Later")
    desk.get_by_label("Waarover wordt gestemd?").fill("Wij wachten een jaar.")
    desk.get_by_role("button", name="Open de stemming").click()
    path = desk.url

    phone = visit("representative", at=voting_site, width=360, java_script_enabled=False)
    phone.goto(path)
    phone.get_by_text("Vul de stem in").click()
    phone.get_by_role("button", name="Tegen MEVM").click()
    expect(phone.get_by_role("status")).to_contain_text("De stem van MEVM is binnen")

    desk.goto(path)
    desk.get_by_text("Vul de stem in").nth(0).click()
    desk.get_by_role("button", name="Voor De Huurdersfederatie").click()
    desk.get_by_role("button", name="Sluit de stemming").click()
    expect(desk.get_by_text("De uitslag, nog niet vastgesteld")).to_be_visible()
    desk.get_by_role("button", name="Stel de uitslag vast").click()

    board = visit("board", at=voting_site, width=360, java_script_enabled=False)
    board.goto(path)
    expect(board.get_by_role("heading", name="De uitslag")).to_be_visible()
    expect(board.get_by_text("De Huurdersfederatie stemt voor u")).to_be_visible()
