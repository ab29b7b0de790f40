"""Every page in a real browser: accessible, and never wider than the window."""

from collections.abc import Callable

import pytest
from axe import assert_accessible
from playwright.sync_api import Page

from scheduler.domain.links import Links, Purpose
from scheduler.domain.secrets import SecretKey

pytestmark = pytest.mark.browser

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
        "/tafel/t-GM0106",
        "/terugkoppelingen",
        "/jaarverslag",
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
        "/overleg/m-urgentie/agenda",
        "/overleg/m-urgentie/inbreng",
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
        "/uren-lenen",
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
        "/agenda/afgevaardigde/r12?op=iphone",
        "/mail",
        "/afgevaardigde/r12",
        "/beschikbaar",
        "/herinneringen",
        "/overleg/m-vries/ik-kan-niet",
        "/overleg/m-urgentie/onze-inbreng",
        "/overleg/m-urgentie/inbreng",
        "/overleg/m-eerder/terugkoppeling/schrijven",
        "/terugkoppelingen",
        "/afspraken",
        "/tafels",
    ),
    "board": (
        "/",
        "/rooster",
        "/agenda",
        "/mandaten?dag=2027-03-02",
        "/mandaten/md-sbde",
        "/mandaten/nieuw",
        "/meedoen/sbde",
        "/uren-lenen",
        "/terugkoppelingen",
        "/bericht",
        "/tafels",
        "/jaarverslag",
        "/overleg/m-urgentie/onze-inbreng",
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
    for path in PAGES[role]:
        page.goto(path)
        assert_accessible(page)


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
    for path in ("/herverdelen/3", "/wat-als/1", "/wat-als/2", "/wat-als"):
        page.goto(path)
        assert_accessible(page)


@pytest.mark.parametrize("role", ["coordinator", "board"])
@pytest.mark.parametrize(("width", "colours"), [(1280, "light"), (360, "dark")])
def test_votes_are_as_accessible(
    visit: Callable[..., Page], voting_site: object, role: str, width: int, colours: str
) -> None:
    page = visit(role, at=voting_site, width=width, color_scheme=colours)
    page.goto("/overleg/m-urgentie/stemmingen")
    links = page.locator("main a[href^='/stemming/']")
    paths = [each.get_attribute("href") for each in links.all()]
    assert len(paths) == 3
    for path in ("/overleg/m-urgentie", "/overleg/m-urgentie/stemmingen", *paths):
        page.goto(path or "")
        for each in page.locator("details").all():
            each.evaluate("each => each.open = true")
        assert_accessible(page)


def test_pages_hold_without_the_vendors_styles(visit: Callable[..., Page]) -> None:
    page = visit("representative", width=360)
    page.route("**/utrecht.css*", lambda route: route.fulfill(status=200, body=""))
    for path in PAGES["representative"]:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        height = page.locator("button:visible, a.utrecht-button:visible").last.bounding_box()
        assert height
        assert height["height"] >= 24


WEIGHTS = """() => Object.fromEntries(
    ['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind))
        .map(each => [new URL(each.name).pathname, each.encodedBodySize])
)"""
LINKS = Links(SecretKey(b"k" * 32))
MAILED = tuple(
    f"/antwoord/{LINKS.token(Purpose.ANSWER, 'r12', 'm-vries')}{rest}"
    for rest in ("", "/ik-kan-niet")
)


@pytest.mark.parametrize("path", [*PAGES["representative"], *MAILED])
def test_a_page_for_a_phone_weighs_little(visit: Callable[..., Page], path: str) -> None:
    page = visit("representative", width=360)
    page.goto(path, wait_until="networkidle")
    weights: dict[str, int] = page.evaluate(WEIGHTS)
    scripts = sum(weight for name, weight in weights.items() if ".js" in name)
    assert path.partition("?")[0] in weights
    assert sum(weights.values()) <= 100_000, weights
    assert scripts <= 30_000, weights


@pytest.mark.parametrize(("width", "colours"), [(320, "light"), (1280, "dark")])
def test_a_representatives_pages_hold_in_english(
    visit: Callable[..., Page], width: int, colours: str
) -> None:
    page = visit("representative", width=width, color_scheme=colours)
    page.goto("/taal/en?terug=/")
    _look(page, "representative")
    for path in PAGES["representative"]:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
