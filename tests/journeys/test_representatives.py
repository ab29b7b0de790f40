"""What representatives come to do, at 360 px and without a script; and what their pages weigh."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from scheduler.domain.links import Links, Purpose
from scheduler.domain.secrets import SecretKey

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
WEIGHTS = """() => Object.fromEntries(
    ['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind))
        .map(each => [new URL(each.name).pathname, each.encodedBodySize])
)"""
LINKS = Links(SecretKey(b"k" * 32))


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


@pytest.mark.parametrize(
    "path",
    ["/", "/overleg/m-vries", "/overleg/m-vries/ik-kan-niet", "/beschikbaar", "/herinneringen"],
)
def test_a_page_weighs_little(visit: Visit, path: str) -> None:
    page = visit("representative", width=360)
    page.goto(path, wait_until="networkidle")
    weights: dict[str, int] = page.evaluate(WEIGHTS)
    scripts = sum(weight for name, weight in weights.items() if ".js" in name)
    assert path in weights
    assert sum(weights.values()) <= 100_000, weights
    assert scripts <= 30_000, weights
