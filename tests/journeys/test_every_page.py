"""Every page in a real browser: accessible, and never wider than the window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

import scheduler.web

pytestmark = pytest.mark.browser

AXE = Path(scheduler.web.__file__).parent / "front" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = {
    "coordinator": (
        "/",
        "/rooster",
        "/rooster?beeld=week&week=2027-W11",
        "/rooster?beeld=maand&maand=2027-03",
        "/rooster?beeld=tijdlijn&maand=2027-03",
        "/rooster/m-emmen?meer=ja",
        "/rooster/m-bod",
        "/overleg/m-emmen",
        "/afgevaardigden",
        "/afgevaardigde/r12",
        "/gemeenten",
        "/gemeente/GM0114",
        "/agenda",
        "/publicatie/1",
        "/uitnodigingen",
        "/uitnodigen",
        "/uitnodigen?namens=municipality:GM0106",
        "/sleutels",
        "/agenda-inlezen",
        "/overleg/m-emmen/veranderen",
        "/postbus",
        "/postbus/adressen",
        "/publiceren",
        "/herverdelen",
        "/wat-als",
        "/wat-als/nieuw/erbij",
        "/werklast",
        "/werklast?maand=alles",
        "/kaart",
        "/mandaten?dag=2027-03-02",
        "/mandaten/nieuw",
        "/mandaten/md-sbde",
        "/meedoen/mevm",
        "/logboek",
        "/status",
        "/publicaties",
        "/gegevens",
        "/gegevens/afgevaardigden",
        "/gegevens/afgevaardigden/r12",
        "/gegevens/mandaten/md-sbde",
        "/gegevens/gesloten-dagen/nieuw",
        "/gegevens/overlegtafels/inlezen",
        "/gegevens/jaar/2028",
        "/inlog",
        "/inlog/codes",
        "/afgevaardigde/r12/wissen",
    ),
    "auditor": ("/", "/rooster", "/rooster/m-emmen", "/postbus", "/publicaties", "/inlog"),
    "administrator": ("/beheer", "/inlog"),
    "representative": (
        "/",
        "/overleg/m-vries",
        "/agenda",
        "/mail",
        "/afgevaardigde/r12",
        "/beschikbaar",
        "/herinneringen",
        "/overleg/m-vries/ik-kan-niet",
    ),
    "board": (
        "/",
        "/rooster",
        "/agenda",
        "/mandaten?dag=2027-03-02",
        "/mandaten/md-sbde",
        "/mandaten/nieuw",
        "/meedoen/sbde",
    ),
    "municipality": (
        "/",
        "/rooster",
        "/mandaten?dag=2027-03-02",
        "/uitnodigingen",
        "/uitnodigen",
        "/sleutels",
    ),
    "corporation": ("/", "/rooster", "/uitnodigingen", "/uitnodigen"),
    "province": ("/", "/uitnodigen"),
    None: ("/inloggen", "/hulp", "/toegankelijkheid", "/privacy"),
}
RUN = """tags => axe.run({runOnly: {type: 'tag', values: tags}}).then(
    found => found.violations.map(each => `${each.id}: ${each.nodes.map(n => n.target).join(' ')}`)
)"""


# What is wide doesn't depend on colours, so two windows see all there is to see.
@pytest.mark.parametrize(("width", "colours"), [(1280, "light"), (360, "dark")])
@pytest.mark.parametrize("role", list(PAGES))
def test_every_page_is_accessible(
    visit: Callable[..., Page], role: str | None, width: int, colours: str
) -> None:
    _look(visit(role, width=width, color_scheme=colours), role)


# 320 px is a window of 1280 at 400 %; longer words in another language need their place too.
@pytest.mark.parametrize(("width", "colours"), [(768, "dark"), (320, "light")])
def test_the_desk_is_accessible_in_english_and_enlarged(
    visit: Callable[..., Page], width: int, colours: str
) -> None:
    page = visit("coordinator", width=width, color_scheme=colours)
    page.goto("/taal/en?terug=/")
    assert page.locator("html").get_attribute("lang") == "en"
    _look(page, "coordinator")


def _look(page: Page, role: str | None) -> None:
    axe = AXE.read_text(encoding="utf-8")
    for path in PAGES[role]:
        page.goto(path)
        page.evaluate(axe)
        assert page.evaluate(RUN, TAGS) == [], path


@pytest.mark.parametrize("role", list(PAGES))
def test_no_page_scrolls_sideways(visit: Callable[..., Page], role: str | None) -> None:
    page = visit(role, width=320)
    for path in PAGES[role]:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


@pytest.mark.parametrize(("width", "colours"), [(1280, "light"), (360, "dark"), (320, "light")])
def test_proposals_and_suppositions_are_as_accessible(
    visit: Callable[..., Page], proposing_site: object, width: int, colours: str
) -> None:
    page = visit("coordinator", at=proposing_site, width=width, color_scheme=colours)
    axe = AXE.read_text(encoding="utf-8")
    for path in ("/herverdelen/3", "/wat-als/1", "/wat-als/2", "/wat-als"):
        page.goto(path)
        page.evaluate(axe)
        assert page.evaluate(RUN, TAGS) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_pages_hold_without_the_vendors_styles(visit: Callable[..., Page]) -> None:
    page = visit("representative", width=360)
    page.route("**/utrecht.css*", lambda route: route.fulfill(status=200, body=""))
    for path in PAGES["representative"]:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        height = page.locator("button, a.utrecht-button").last.bounding_box()
        assert height
        assert height["height"] >= 24
