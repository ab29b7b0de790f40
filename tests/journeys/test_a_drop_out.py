"""Somebody drops out: a proposal, watched while it is made, published, and seen by who goes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]


@pytest.mark.parametrize("script", [True, False])
def test_a_drop_out_is_repaired_published_and_seen(
    visit: Visit, working_site: object, script: bool
) -> None:
    page = visit("coordinator", at=working_site, java_script_enabled=script)
    page.get_by_role("link", name="Herverdelen").first.click()
    page.get_by_label("Wie valt er uit?").select_option("Afgevaardigde 12, MEVM")
    page.get_by_label("Tot en met").fill("2027-03-31")
    page.get_by_label("Hoeveel seconden").fill("6")
    page.get_by_role("button", name="Reken voorstellen uit").click()
    _wait(page, script, until=page.get_by_role("button", name="Neem A over"))
    expect(page.locator("h1")).to_contain_text("na de uitval van Afgevaardigde 12")
    page.get_by_role("button", name="Neem A over").click()
    expect(page.locator("h1")).to_have_text("Concept na de uitval van Afgevaardigde 12")
    page.get_by_role("link", name="Ga naar publiceren").click()
    page.get_by_role("button", name="Publiceer nummer 3").click()
    expect(page.get_by_role("status")).to_contain_text("Gepubliceerd als nummer 3.")
    expect(page.locator("main")).to_contain_text("Woonvisie Tynaarlo")
    page.get_by_role("link", name="Logboek").first.click()
    expect(page.locator("main")).to_contain_text("De coördinator publiceerde nummer 3")
    own = visit("representative", at=working_site, java_script_enabled=script)
    expect(own.locator("main")).not_to_contain_text("Voorbereiding bod Assen, U")
    expect(own.locator(".at-next, .at-rows").first).not_to_contain_text("Woonvisie Tynaarlo")


@pytest.mark.parametrize(("width", "script"), [(1280, True), (360, False)])
def test_one_change_is_taken_out_of_a_proposal_and_put_away_again(
    visit: Visit, working_site: object, width: int, script: bool
) -> None:
    page = visit("coordinator", at=working_site, width=width, java_script_enabled=script)
    page.goto("/herverdelen")
    page.get_by_text("Plan helemaal opnieuw", exact=True).click()
    page.get_by_label("Tot en met").fill("2027-04-30")
    page.get_by_label("Hoeveel seconden").fill("6")
    page.get_by_role("button", name="Reken voorstellen uit").click()
    _wait(page, script, until=page.locator("#verschil"))
    boxes = page.get_by_role("checkbox", name=re.compile("Neem mee"))
    for box in boxes.all()[1:]:
        box.uncheck()
    page.get_by_role("button", name="Neem wat is aangevinkt over").click()
    expect(page.get_by_role("status")).to_contain_text("Overgenomen.")
    expect(boxes).to_have_count(1)
    page.get_by_role("button", name="Doe dit concept weg").click()
    expect(page.get_by_role("status")).to_contain_text("Het rooster is zoals het was.")


@pytest.mark.parametrize(("width", "script"), [(1280, True), (360, False)])
def test_what_if_from_choosing_to_keeping(
    visit: Visit, working_site: object, width: int, script: bool
) -> None:
    page = visit("coordinator", at=working_site, width=width, java_script_enabled=script)
    page.goto("/herverdelen")
    page.get_by_role("link", name="Wat als").click()
    page.get_by_role("link", name="Een organisatie geeft een ander mandaat").click()
    page.get_by_label("Hoeveel seconden").fill("4")
    page.get_by_role("button", name="Reken het uit").click()
    page.get_by_role("alert").get_by_role("link").first.click()
    page.get_by_label("Wie geeft mandaat?").select_option("SBDE")
    page.get_by_label("Wie spreekt dan").select_option("De Huurdersfederatie")
    page.get_by_role("button", name="Reken het uit").click()
    _wait(page, script, until=page.get_by_role("button", name="Bewaar dit antwoord"))
    page.get_by_role("button", name="Bewaar dit antwoord").click()
    expect(page.get_by_role("status")).to_contain_text("Bewaard.")
    page.get_by_role("link", name="Alle aannames").click()
    said = "Stel dat SBDE mandaat geeft aan De Huurdersfederatie"
    expect(page.locator("main")).to_contain_text(said)
    expect(page.locator("main")).to_contain_text("Bewaard op 2 maart 2027 door: de coördinator.")
    page.get_by_role("link", name=re.compile("^Bekijk")).first.click()
    page.get_by_role("button", name="Doe deze aanname weg").click()
    expect(page.locator("main")).not_to_contain_text(said)


def _wait(page: Page, script: bool, *, until: Locator) -> None:
    """With script the page changes by itself; without, a link refreshes it."""
    working = page.get_by_role("heading", name="Hoe ver het is")
    for _ in range(60):
        expect(working.or_(until).first).to_be_visible()  # half a page lacks both
        if script:
            expect(until).to_be_visible(timeout=90_000)
        if until.is_visible():
            return
        page.wait_for_timeout(1000)
        with page.expect_navigation():
            page.get_by_role("link", name="Ververs").click()
