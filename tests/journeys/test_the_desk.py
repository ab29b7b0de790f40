"""The coordinator's desk by hand: a no, two at once, publishing; and by keyboard alone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe import assert_accessible
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
SAYS = "(document.activeElement.innerText || document.activeElement.value || '').trim()"


def _tab_to(page: Page, words: str) -> None:
    """Walk to what says this, as somebody without a mouse does."""
    for _ in range(400):
        page.keyboard.press("Tab")
        if words in " ".join(str(page.evaluate(SAYS)).split()):
            return
    raise AssertionError(f"no Tab leads to: {words}")


def test_a_no_is_a_gap_that_one_press_fills_and_publishing_tells(
    visit: Visit, working_site: Any
) -> None:
    person = visit("representative", width=360, at=working_site, java_script_enabled=False)
    person.goto("/overleg/m-bod")
    person.get_by_role("button", name="Nee, ik kan niet").click()
    page = visit("coordinator", at=working_site, java_script_enabled=False)
    page.goto("/")
    line = page.locator("li", has_text="Afgevaardigde 12 kan niet naar Voorbereiding bod Assen")
    expect(line).to_contain_text("Zei nee")
    line.get_by_role("link", name="Bekijk wie kan").click()
    expect(page.locator("article")).to_contain_text("iemand zei nee")
    expect(page.get_by_role("button", name="Kan toch Afgevaardigde 12")).to_be_visible()
    page.goto("/rooster/m-bod?plaats=r12")
    expect(page.locator("article")).to_contain_text("Wie kan in plaats van Afgevaardigde 12")


def test_a_meeting_is_changed_by_keyboard_alone(visit: Visit, working_site: Any) -> None:
    page = visit("coordinator", at=working_site)
    page.goto("/rooster/m-emmen")
    status = page.get_by_role("status")
    _tab_to(page, "Zet in Afgevaardigde 27")
    page.keyboard.press("Enter")
    expect(status).to_contain_text("Afgevaardigde 27 is ingezet.")
    _tab_to(page, "Maak ongedaan")
    page.keyboard.press("Enter")
    expect(status).to_contain_text("De stap is ongedaan gemaakt.")
    _tab_to(page, "Nooit bij dit overleg Afgevaardigde 27")
    page.keyboard.press("Enter")
    expect(status).to_contain_text("Afgevaardigde 27 komt niet bij dit overleg.")
    _tab_to(page, "Laat weer toe Afgevaardigde 27")
    page.keyboard.press("Enter")
    expect(status).to_contain_text("Afgevaardigde 27 kan weer gekozen worden.")
    _tab_to(page, "Zet in Afgevaardigde 5")
    page.keyboard.press("Enter")
    expect(status).to_contain_text("Afgevaardigde 5 is ingezet.")
    _tab_to(page, "Zet vast Afgevaardigde 5")
    page.keyboard.press("Enter")
    expect(status).to_contain_text("Afgevaardigde 5 staat vast.")
    page.goto("/publiceren")
    _tab_to(page, "Publiceer nummer 3")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Gepubliceerd als nummer 3.")


def test_of_two_coordinators_at_once_nothing_is_lost(visit: Visit, working_site: Any) -> None:
    one = visit("coordinator", at=working_site, java_script_enabled=False)
    other = visit("coordinator", at=working_site, java_script_enabled=False)
    for page in (one, other):
        page.goto("/rooster/m-emmen")
    one.get_by_role("button", name="Zet in Afgevaardigde 27").click()
    other.get_by_role("button", name="Zet in Afgevaardigde 5").click()
    expect(other.locator("main")).to_contain_text("Afgevaardigde 27 is ingezet.")
    expect(other.locator("main")).to_contain_text("Afgevaardigde 5")
    one.goto("/publiceren")
    other.goto("/publiceren")
    one.get_by_role("button", name="Publiceer nummer 3").click()
    other.get_by_role("button", name="Publiceer nummer 3").click()
    expect(other.locator("main")).to_contain_text("Dit concept was al gepubliceerd")


@pytest.mark.parametrize(("width", "colours"), [(1280, "dark"), (320, "light")])
def test_the_pages_of_a_draft_are_accessible(
    visit: Visit, working_site: Any, width: int, colours: str
) -> None:
    page = visit("coordinator", width=width, color_scheme=colours, at=working_site)
    stale = visit("coordinator", width=width, color_scheme=colours, at=working_site)
    for each in (page, stale):
        each.goto("/rooster/m-emmen")
    page.get_by_role("button", name="Zet in Afgevaardigde 27").click()
    assert_accessible(page)
    stale.get_by_role("button", name="Zet in Afgevaardigde 5").click()
    assert_accessible(stale)
    for path in ("/", "/rooster?nieuw=ja", "/publiceren"):
        page.goto(path)
        assert_accessible(page)
    mail = page.url.rstrip("/")
    page.get_by_role("link", name=re.compile("Bekijk het concept")).click()
    page.wait_for_url(re.compile(r"/\d+$"))
    number = page.url.rsplit("/", 1)[-1]
    page.goto(f"{mail}/{number}/mail")
    assert_accessible(page)
