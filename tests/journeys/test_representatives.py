"""What representatives come to do, at 360 px and without a script, and on paper."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from scheduler.domain.links import Links, Purpose
from scheduler.domain.secrets import SecretKey

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
LINKS = Links(SecretKey(b"k" * 32))
PAPER = [
    ("/", "Mijn overleggen"),
    ("/overleg/m-vries", "Wie namens wie spreekt"),
    ("/overleg/m-vries/ik-kan-niet", "U kunt niet op"),
    ("/beschikbaar", "In een gewone week"),
    ("/agenda/afgevaardigde/r12?op=iphone", "Hoe snel ziet u een wijziging?"),
    ("/herinneringen", "Herinneringen"),
]
COLOURS = """() => {
    const body = getComputedStyle(document.body), head = document.querySelector('main h1');
    return [body.backgroundColor, getComputedStyle(head).color];
}"""


def test_the_mail_link_answers_in_two_presses(visit: Visit, working_site: object) -> None:
    page = visit(width=360, java_script_enabled=False, at=working_site)
    page.goto(f"/antwoord/{LINKS.token(Purpose.ANSWER, 'r12', 'm-bod')}")
    page.get_by_role("button", name="Ja, ik ga").click()
    expect(page.get_by_role("status")).to_contain_text("Uw antwoord is binnen")


def test_a_place_that_one_gives_up_is_taken_by_another(visit: Visit, working_site: object) -> None:
    page = visit("representative", width=360, java_script_enabled=False, at=working_site)
    page.goto("/overleg/m-vries")
    page.get_by_role("button", name="Nee, ik kan niet").click()
    expect(page.locator("h1")).to_have_text(re.compile("U kunt niet op woensdag 24 maart"))
    page.get_by_label("Vraag het aan alle").check()
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("status")).to_contain_text("Het is gevraagd")
    other = visit("colleague", width=360, java_script_enabled=False, at=working_site)
    other.get_by_role("link", name="Bekijk en antwoord").click()
    other.get_by_role("button", name="Ja, ik ga").click()
    expect(other.get_by_role("status")).to_contain_text("Dank u. U gaat.")
    page.goto("/overleg/m-vries")
    expect(page.locator("main")).to_contain_text("Afgevaardigde 14")
    expect(page.locator("main")).not_to_contain_text("Gaat u?")


def test_somebody_says_when_they_are_away_and_takes_it_back(
    visit: Visit, working_site: object
) -> None:
    page = visit("representative", width=360, java_script_enabled=False, at=working_site)
    page.get_by_role("link", name="Wanneer kan ik").first.click()
    page.get_by_label("Van", exact=True).fill("2027-03-20")
    page.get_by_label("Tot en met").fill("2027-03-28")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.locator("main")).to_contain_text("Dit botst met wat u al heeft")
    page.get_by_role("button", name="Zet terug hoe het was").click()
    expect(page.locator("main")).not_to_contain_text("Dit botst met wat u al heeft")


def test_a_no_is_taken_back_with_one_press(visit: Visit, working_site: object) -> None:
    page = visit("representative", width=360, java_script_enabled=False, at=working_site)
    page.goto("/overleg/m-vries")
    page.get_by_role("button", name="Nee, ik kan niet").click()
    page.goto("/")
    page.get_by_role("button", name="Ik ga toch").click()
    expect(page.locator("main")).to_contain_text("U zei ja.")
    page.goto("/")
    expect(page.get_by_role("button", name="Ik ga toch")).to_have_count(0)


def test_who_finds_the_place_taken_reads_who_has_it(visit: Visit, working_site: object) -> None:
    page = visit("representative", width=360, java_script_enabled=False, at=working_site)
    page.goto("/overleg/m-vries")
    page.get_by_role("button", name="Nee, ik kan niet").click()
    other = visit("colleague", width=360, java_script_enabled=False, at=working_site)
    other.get_by_role("link", name="Bekijk en antwoord").click()
    other.get_by_role("button", name="Ja, ik ga").click()
    page.get_by_role("button", name="Ik ga toch").click()
    expect(page.locator("main")).to_contain_text("Afgevaardigde 14 heeft uw plaats overgenomen.")


@pytest.mark.parametrize(("path", "stays"), PAPER)
def test_a_page_on_paper_is_black_on_white_without_buttons(
    visit: Visit, path: str, stays: str
) -> None:
    page = visit("representative", width=800)
    page.goto("/weergave/donker?terug=/")
    page.goto(path)
    page.emulate_media(media="print")
    expect(page.locator("main")).to_contain_text(stays)
    assert page.locator("nav:visible, button:visible, a.utrecht-button:visible").count() == 0
    ground, ink = page.evaluate(COLOURS)
    assert (ground, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")
    assert page.locator("main h1").first.is_visible()
