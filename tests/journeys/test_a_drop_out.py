"""Somebody drops out: a proposal, watched while it is made, published, and seen by who goes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

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
    page.get_by_label("Hoeveel seconden").fill("3")
    page.get_by_role("button", name="Reken een voorstel uit").click()
    _wait(page, script)
    expect(page.locator("h1")).to_have_text("Een voorstel na de uitval van Afgevaardigde 12")
    page.get_by_role("link", name="Neem dit over en ga naar publiceren").click()
    page.get_by_role("button", name="Publiceer nummer 3").click()
    expect(page.get_by_role("status")).to_contain_text("Gepubliceerd als nummer 3.")
    expect(page.locator("main")).to_contain_text("Woonvisie Tynaarlo")
    page.get_by_role("link", name="Logboek").first.click()
    expect(page.locator("main")).to_contain_text("De coördinator publiceerde nummer 3")
    own = visit("representative", at=working_site, java_script_enabled=script)
    expect(own.locator("main")).not_to_contain_text("Voorbereiding bod Assen, U")
    expect(own.locator(".at-next, .at-rows").first).not_to_contain_text("Woonvisie Tynaarlo")


def _wait(page: Page, script: bool) -> None:
    """With script the page changes by itself; without, a link refreshes it."""
    ready = page.get_by_role("heading", name=re.compile("Wat verandert er"))
    if script:
        ready.wait_for(timeout=40_000)
        return
    for _ in range(40):
        if ready.count():
            return
        page.wait_for_timeout(1000)
        page.get_by_role("link", name="Ververs").click()
