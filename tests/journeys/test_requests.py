"""From asking to being answered, on a phone and without JavaScript; and each page accessible."""

from collections.abc import Callable

import pytest
from axe import assert_accessible
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
AGENDA = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//\r\n"
    b"BEGIN:VEVENT\r\nUID:raad\r\nSUMMARY:Raad\r\nDTSTART:20270304T190000Z\r\nEND:VEVENT\r\n"
    b"BEGIN:VEVENT\r\nUID:dag\r\nSUMMARY:Themadag\r\nDTSTART;VALUE=DATE:20270318\r\nEND:VEVENT\r\n"
    b"BEGIN:VEVENT\r\nUID:stuk\r\nSUMMARY:Stuk\r\nDTSTART:ooit\r\nEND:VEVENT\r\n"
    b"END:VCALENDAR\r\n"
)


def fill(page: Page) -> None:
    page.get_by_label("Waar gaat het over?").fill("Woonvisie op de telefoon")
    page.get_by_text("Wij vragen advies").click()
    page.get_by_label("Dag").first.fill("2027-06-10")
    page.get_by_label("Van", exact=True).first.fill("13:30")
    page.get_by_label("Tot", exact=True).first.fill("15:30")


def test_a_request_goes_from_asking_to_the_plan_without_scripts(visit: Visit) -> None:
    town = visit("municipality", width=360, java_script_enabled=False)
    town.get_by_role("link", name="Uitnodigingen").click()
    town.get_by_role("link", name="Vraag huurders aan tafel").click()
    fill(town)
    town.get_by_role("button", name="Bekijk wat dit kost").click()
    expect(town.locator(".at-cost")).to_contain_text("3 van de 3 afgevaardigden kunnen dan.")
    town.get_by_role("button", name="Verstuur de uitnodiging").click()
    expect(town.get_by_role("status")).to_contain_text("Uw uitnodiging is verstuurd.")
    address = town.url.partition("?")[0]

    desk = visit("coordinator", width=360, java_script_enabled=False)
    desk.goto("/uitnodigingen")
    desk.get_by_role("link", name="Woonvisie op de telefoon").click()
    desk.get_by_role("button", name="Neem de uitnodiging aan").click()
    expect(desk.locator("main")).to_contain_text("Het overleg komt in het rooster.")

    town.goto(address)
    expect(town.locator("main")).to_contain_text("Het overleg komt in het rooster.")
    town.get_by_role("link", name="Kies andere tijdstippen").click()
    town.get_by_label("Van", exact=True).first.fill("19:00")
    town.get_by_label("Tot", exact=True).first.fill("18:00")
    town.get_by_role("button", name="Verzet het").last.click()
    expect(town.get_by_role("alert")).to_contain_text("Eén ding klopt nog niet")
    town.get_by_label("Tot", exact=True).first.fill("21:00")
    town.get_by_role("button", name="Verzet het").last.click()
    expect(town.locator("main")).to_contain_text("19.00 tot 21.00 uur")
    town.locator("summary", has_text="Trek de uitnodiging in").click()
    town.get_by_role("button", name="Ja, trek in").click()
    expect(town.locator("main")).to_contain_text("Deze uitnodiging is ingetrokken.")


@pytest.mark.parametrize(("width", "colours"), [(1280, "light"), (360, "dark")])
def test_every_page_of_requests_is_accessible(visit: Visit, width: int, colours: str) -> None:
    town = visit("municipality", width=width, color_scheme=colours)

    town.goto("/uitnodigen")
    assert_accessible(town)
    town.get_by_role("button", name="Verstuur de uitnodiging").click()
    assert_accessible(town)
    fill(town)
    town.get_by_label("Dag").first.fill("2027-03-20")
    town.get_by_role("button", name="Bekijk wat dit kost").click()
    assert_accessible(town)
    town.get_by_role("button", name="Verstuur de uitnodiging").click()
    assert_accessible(town)
    address = town.url.partition("?")[0]
    town.goto(f"{address}/verzetten")
    assert_accessible(town)
    town.goto("/uitnodigingen")
    assert_accessible(town)

    desk = visit("coordinator", width=width, color_scheme=colours)
    desk.goto(address)
    assert_accessible(desk)
    desk.goto("/agenda-inlezen")
    desk.get_by_role("button", name="Lees in").click()
    assert_accessible(desk)
    desk.get_by_label("Of een bestand").set_input_files(
        {"name": f"raad-{width}.ics", "mimeType": "text/calendar", "buffer": AGENDA}
    )
    desk.get_by_label("Van welke gemeente?").select_option("Emmen")
    desk.get_by_role("button", name="Lees in").click()
    expect(desk.locator("main")).to_contain_text("Wat er niet klopte")
    assert_accessible(desk)
    desk.goto("/uitnodigingen")
    desk.get_by_role("link", name="Themadag").first.click()
    assert_accessible(desk)
    desk.get_by_role("button", name="Neem de uitnodiging aan").click()
    assert_accessible(desk)
    desk.goto("/overleg/m-emmen/veranderen")
    assert_accessible(desk)


def test_what_is_typed_is_kept_while_it_is_typed(visit: Visit, working_site: object) -> None:
    town = visit("municipality", at=working_site)
    town.goto("/uitnodigen")
    town.get_by_label("Waar gaat het over?").fill("Half getypt")
    expect(town.locator("[data-kept]")).to_be_visible()
    town.goto("/uitnodigen")
    town.get_by_role("link", name="Half getypt").click()
    expect(town.get_by_label("Waar gaat het over?")).to_have_value("Half getypt")


def test_who_walks_away_at_once_finds_it_too(visit: Visit, working_site: object) -> None:
    town = visit("municipality", at=working_site)
    town.goto("/uitnodigen")
    town.get_by_label("Waar gaat het over?").fill("Weg voor het bewaard is")
    town.goto("/hulp")
    kept = town.get_by_role("link", name="Weg voor het bewaard is")
    for _ in range(20):  # what the browser sends at leaving arrives a moment after the next page
        town.goto("/uitnodigingen")
        if kept.count():
            break
    expect(kept).to_be_visible()
