"""What people come to do, done by hand in a real browser; most of it without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]


def test_a_representative_finds_the_next_meeting_and_subscribes(visit: Visit) -> None:
    page = visit("representative", width=360, java_script_enabled=False)
    expect(page.locator("h1")).to_have_text("Mijn overleggen")
    page.get_by_role("link", name="Voorbereiding bod Assen").click()
    expect(page.locator("main")).to_contain_text("U spreekt namens MEVM.")
    page.get_by_role("link", name="Agenda", exact=True).click()
    page.get_by_role("link", name="iPhone of iPad").click()
    subscribe = page.get_by_role("link", name="Zet in mijn agenda")
    assert (subscribe.get_attribute("href") or "").startswith("webcal://127.0.0.1:")
    page.get_by_text("Sneller: een eigen account").click()
    page.get_by_role("button", name="Maak een wachtwoord").click()
    expect(page.locator(".at-address--once")).to_have_text(re.compile(r"^(\w{4}-){4}\w{4}$"))
    page.get_by_role("button", name="Uitloggen").click()
    expect(page.locator("main")).to_contain_text("U bent uitgelogd.")
    page.goto("/agenda")
    expect(page.locator("h1")).to_have_text("Inloggen met een link")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_coordinator_understands_a_gap_fills_it_and_takes_it_back(
    visit: Visit, width: int
) -> None:
    page = visit("coordinator", width=width, java_script_enabled=False)
    expect(page.locator("h1")).to_have_text("Vandaag vraagt niets om u")
    page.get_by_role("link", name=re.compile("Bekijk wie kan.*afspraken Emmen")).click()
    expect(page.locator("#titel")).to_have_text("Voortgang prestatieafspraken Emmen")
    expect(page.locator("article")).to_contain_text("Wie niet kan, en waarom")
    page.get_by_role("link", name="Reken het na").click()
    expect(page.locator("article")).to_contain_text("Elke wijziging hierboven is doorgerekend")
    page.get_by_role("button", name="Zet in Afgevaardigde 27").click()
    expect(page.get_by_role("status")).to_contain_text("Afgevaardigde 27 is ingezet.")
    expect(page.locator("article")).to_contain_text("2 van 2")
    page.get_by_role("button", name="Maak ongedaan").click()
    expect(page.get_by_role("status")).to_contain_text("De stap is ongedaan gemaakt.")
    expect(page.locator("article")).to_contain_text("1 van 2")


def test_a_coordinator_changes_the_plan_by_keyboard(visit: Visit) -> None:
    page = visit("coordinator")
    page.goto("/rooster/m-bod")
    page.get_by_role("button", name="Zet vast Afgevaardigde 12").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Afgevaardigde 12 staat vast.")
    page.get_by_role("button", name="Maak ongedaan").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("De stap is ongedaan gemaakt.")


def test_filters_live_in_the_address(visit: Visit) -> None:
    page = visit("coordinator", java_script_enabled=False)
    page.get_by_role("link", name="Rooster", exact=True).first.click()
    page.get_by_label("Gemeente").select_option("Emmen")
    page.get_by_label("Alleen met een gat").check()
    page.get_by_role("button", name="Toon").click()
    expect(page.locator(".at-row--meet")).to_have_count(1)
    expect(page).to_have_url(re.compile("gemeente=GM0114"))
    page.reload()
    expect(page.get_by_label("Gemeente")).to_have_value("GM0114")
    page.go_back()
    expect(page.locator(".at-row--meet")).to_have_count(4)


def test_a_new_address_asks_for_one_press(visit: Visit) -> None:
    page = visit("municipality", java_script_enabled=False)
    page.goto("/agenda")
    before = page.locator(".at-address").first.text_content()
    page.get_by_text("Telefoon kwijt, of het adres gedeeld?").click()
    page.get_by_role("button", name="Maak een nieuw adres").click()
    expect(page.get_by_role("status")).to_contain_text("Er is een nieuw adres")
    assert page.locator(".at-address").first.text_content() != before


def test_the_page_can_be_walked_by_keyboard(visit: Visit) -> None:
    page = visit("representative")
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Naar de inhoud")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_colours_follow_the_device_until_they_are_chosen(visit: Visit) -> None:
    page = visit(color_scheme="dark")
    page.goto("/hulp")
    body = page.locator("body")
    expect(body).to_have_css("background-color", "rgb(16, 23, 21)")
    page.get_by_role("link", name="Lichte kleuren").click()
    expect(body).to_have_css("background-color", "rgb(255, 255, 255)")
    page.get_by_role("link", name="Kleuren van uw apparaat").click()
    expect(body).to_have_css("background-color", "rgb(16, 23, 21)")


def test_english_is_one_link_away(visit: Visit) -> None:
    page = visit("coordinator")
    page.goto("/rooster?gaten=ja")
    page.get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_have_text("Plan")
    expect(page).to_have_url(re.compile("gaten=ja"))


def test_the_code_on_the_screen_has_its_quiet_edge(visit: Visit) -> None:
    page = visit("representative", width=360)
    page.goto("/agenda/afgevaardigde/r12?op=iphone")
    box = page.locator(".at-qr").bounding_box()
    assert box
    assert box["width"] == box["height"]
    assert box["width"] >= 160
