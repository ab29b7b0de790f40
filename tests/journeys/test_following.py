"""From asking to cancelling on a phone: by form, by the link in the mail, without JavaScript."""

from collections.abc import Callable

import pytest
from axe import assert_accessible
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
PDF = {"name": "nota.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 nota"}


def ask(town: Page, title: str) -> str:
    """Ask by the form; gives the request's address."""
    town.goto("/uitnodigen")
    town.get_by_label("Waar gaat het over?").fill(title)
    town.get_by_text("Wij vragen advies").click()
    town.get_by_label("Dag").first.fill("2027-06-10")
    town.get_by_label("Van", exact=True).first.fill("13:30")
    town.get_by_label("Tot", exact=True).first.fill("15:30")
    town.get_by_role("button", name="Verstuur de uitnodiging").click()
    expect(town.get_by_role("status")).to_contain_text("Uw uitnodiging is verstuurd.")
    return town.url.partition("?")[0]


def followed(town: Page, address: str) -> str:
    """The link to follow it, as its own page shows it."""
    town.goto(address)
    return str(town.locator("#volgen ~ p a").get_attribute("href"))


def test_by_the_link_a_request_is_moved_supplied_and_cancelled(visit: Visit) -> None:
    town = visit("municipality", width=360, java_script_enabled=False)
    address = ask(town, "Woonvisie zonder account")
    link = followed(town, address)

    desk = visit("coordinator", width=360, java_script_enabled=False)
    desk.goto(address)
    desk.get_by_role("link", name="Stel andere tijdstippen voor").click()
    desk.get_by_label("Dag").fill("2027-06-17")
    desk.get_by_label("Van", exact=True).fill("19:00")
    desk.get_by_label("Tot", exact=True).fill("21:00")
    desk.get_by_label("Toelichting").fill("Dan kunnen er meer.")
    desk.get_by_role("button", name="Stuur het voorstel").last.click()
    expect(desk.locator("main")).to_contain_text("Er ligt een voorstel")

    phone = visit(width=360, java_script_enabled=False)
    phone.goto(link)
    expect(phone.locator("main")).to_contain_text("Dan kunnen er meer.")
    phone.get_by_role("button", name="Neem donderdag 17 juni").click()
    expect(phone.locator("main")).to_contain_text("19.00 tot 21.00 uur")

    phone.locator("summary", has_text="Voeg stukken toe").click()
    phone.get_by_label("Of een bestand").set_input_files(PDF)
    phone.get_by_role("button", name="Voeg toe").click()
    expect(phone.get_by_role("link", name="nota.pdf")).to_be_visible()

    phone.get_by_role("link", name="Kies andere tijdstippen").click()
    phone.get_by_label("Dag").first.fill("2027-06-24")
    phone.get_by_role("button", name="Verzet het").last.click()
    expect(phone.locator("main")).to_contain_text("donderdag 24 juni")
    phone.locator("summary", has_text="Trek de uitnodiging in").click()
    phone.get_by_role("button", name="Ja, trek in").click()
    expect(phone.locator("main")).to_contain_text("Deze uitnodiging is ingetrokken.")


def test_what_was_begun_is_gone_on_with_later(visit: Visit) -> None:
    town = visit("municipality", width=360, java_script_enabled=False)
    town.goto("/uitnodigen")
    town.get_by_label("Waar gaat het over?").fill("Later verder")
    town.get_by_role("button", name="Bewaar en ga later verder").click()
    town.get_by_role("link", name="Later verder").click()
    expect(town.get_by_label("Waar gaat het over?")).to_have_value("Later verder")


@pytest.mark.parametrize(("width", "colours"), [(1280, "dark"), (360, "light")])
def test_every_page_of_following_is_accessible(visit: Visit, width: int, colours: str) -> None:
    town = visit("municipality", width=width, color_scheme=colours)
    address = ask(town, f"Toegankelijk {width}")
    assert_accessible(town)
    town.locator("summary", has_text="Maak een nieuwe link").click()
    link = followed(town, address)
    desk = visit("coordinator", width=width, color_scheme=colours)
    desk.goto(f"{address}/voorstellen")
    assert_accessible(desk)
    desk.get_by_role("button", name="Stuur het voorstel").last.click()
    assert_accessible(desk)
    desk.get_by_label("Dag").fill("2027-06-17")
    desk.get_by_label("Van", exact=True).fill("19:00")
    desk.get_by_label("Tot", exact=True).fill("21:00")
    desk.get_by_role("button", name="Stuur het voorstel").last.click()
    assert_accessible(desk)
    phone = visit(width=width, color_scheme=colours)
    phone.goto(link)
    assert_accessible(phone)
    phone.locator("summary", has_text="Voeg stukken toe").click()
    phone.get_by_role("button", name="Voeg toe").click()
    assert_accessible(phone)
    phone.get_by_label("Of een bestand").set_input_files(PDF)
    phone.get_by_role("button", name="Voeg toe").click()
    assert_accessible(phone)
    keys = visit("municipality", width=width, color_scheme=colours)
    keys.goto("/sleutels")
    keys.get_by_label("Waarvoor is hij?").fill("zaaksysteem")
    keys.get_by_role("button", name="Maak een sleutel").click()
    assert_accessible(keys)
