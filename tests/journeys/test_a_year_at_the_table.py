"""Speaking for each other, from the mandate to the reaction, as people on phones see it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from axe import assert_accessible
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
AFTERNOON = datetime(2027, 4, 21, 11, 45, tzinfo=UTC)
DAY_AFTER = datetime(2027, 4, 22, 9, tzinfo=UTC)
MEETING = "/overleg/m-urgentie"


@pytest.fixture
def phone(visit: Visit, moving_site: Any) -> Callable[[str], Page]:
    """Somebody's phone, without JavaScript, signed in now."""

    def take(role: str) -> Page:
        return visit(role, at=moving_site.site, width=360, java_script_enabled=False)

    return take


@pytest.fixture
def desk(visit: Visit, moving_site: Any) -> Callable[[], Page]:
    """The coordinator's screen."""
    return lambda: visit("coordinator", at=moving_site.site)


def test_a_voice_from_the_mandate_to_the_reaction(
    phone: Callable[[str], Page], desk: Callable[[], Page], moving_site: Any
) -> None:
    _two_boards_agree(phone)
    _the_other_mandate_is_withdrawn(phone("board"))
    _the_gap_is_repaired(desk())
    _a_board_says_what_it_wants(phone("board"))
    _who_goes_takes_it_along(phone("representative"))
    _the_province_sees_on_whose_behalf(phone("province"))
    moving_site.move(AFTERNOON)
    _a_vote_is_taken(desk(), phone("representative"))
    moving_site.move(DAY_AFTER)
    _who_went_reports_back(phone("representative"))
    _the_board_reacts(phone("board"))
    expect(desk().locator("main")).to_contain_text("SBDE wacht op antwoord")


def _two_boards_agree(phone: Callable[[str], Page]) -> None:
    giver = phone("board")
    giver.goto("/mandaten/nieuw")
    giver.get_by_label("Wie spreekt dan namens hen?").select_option("MEVM")
    giver.get_by_label("Eerste dag").fill("2027-03-15")
    giver.get_by_label("Laatste dag").fill("2027-12-31")
    giver.get_by_label("provincie").check()
    giver.get_by_label("Een grens in eigen woorden").fill("Niet over de huurprijs.")
    giver.get_by_role("button", name="Stel voor").click()
    expect(giver.get_by_role("status")).to_contain_text("Het voorstel is bewaard.")
    expect(giver.locator("main")).to_contain_text("Van MEVM is nog één bestuurslid nodig.")
    holder = phone("holder")
    holder.goto(giver.url)
    holder.get_by_role("button", name="Ja, wij zijn akkoord").click()
    expect(holder.get_by_role("status")).to_contain_text("Uw akkoord is bewaard.")


def _the_other_mandate_is_withdrawn(board: Page) -> None:
    board.goto("/mandaten/md-sbde")
    board.locator("summary", has_text="Trek het mandaat in").click()
    board.get_by_label("Vanaf welke dag geldt het niet meer?").fill("2027-04-01")
    board.get_by_role("button", name="Trek in", exact=True).click()
    expect(board.get_by_role("status")).to_contain_text("De planning houdt er meteen rekening mee.")


def _the_gap_is_repaired(desk: Page) -> None:
    desk.goto("/")
    expect(desk.locator("main")).to_contain_text(
        "Het mandaat van SBDE aan De Huurdersfederatie is gestopt op 1-4-2027."
    )
    assert_accessible(desk)
    desk.get_by_role("link", name="Herverdelen").first.click()
    desk.get_by_label("Tot en met").fill("2027-04-30")
    desk.get_by_label("Hoeveel seconden").fill("6")
    desk.get_by_role("button", name="Reken voorstellen uit").click()
    working = desk.get_by_role("heading", name="Hoe ver het is")
    working.wait_for(state="detached", timeout=60_000)
    desk.get_by_role("button", name="Neem A over").click()
    desk.get_by_role("link", name="Ga naar publiceren").click()
    desk.get_by_role("button", name="Publiceer nummer 3").click()
    expect(desk.get_by_role("status")).to_contain_text("Gepubliceerd als nummer 3.")
    desk.goto(MEETING)
    expect(desk.locator("main")).to_contain_text("MEVM, met mandaat")
    expect(desk.locator("main")).not_to_contain_text("wordt hier niet meer gehoord")


def _a_board_says_what_it_wants(board: Page) -> None:
    board.goto("/")
    board.get_by_role("link", name=re.compile("Provinciaal overleg urgentieregels")).first.click()
    expect(board.locator("h1")).to_have_text("Wat wilt u dat er gezegd wordt?")
    board.get_by_text("Tegen", exact=True).first.click()
    board.get_by_label("Waarom? (mag leeg blijven)").first.fill(
        "Onze jongeren wachten al acht jaar."
    )
    board.get_by_role("button", name="Bevestig voor SBDE").click()
    expect(board.get_by_role("status")).to_contain_text("Dank u. Wie gaat, neemt het mee.")


def _who_goes_takes_it_along(person: Page) -> None:
    person.goto(f"{MEETING}/inbreng")
    expect(person.locator("main")).to_contain_text("Onze jongeren wachten al acht jaar.")
    expect(person.locator("main")).to_contain_text("Niet over de huurprijs.")
    person.emulate_media(media="print")
    expect(person.locator("main")).to_contain_text("Onze jongeren wachten al acht jaar.")
    expect(person.get_by_role("navigation").first).to_be_hidden()
    paper = person.request.get(f"{MEETING}/inbreng.pdf")
    assert paper.body().startswith(b"%PDF-")


def _the_province_sees_on_whose_behalf(province: Page) -> None:
    province.goto(MEETING)
    expect(province.locator("main")).to_contain_text("SBDE")
    expect(province.locator("main")).to_contain_text("MEVM, met mandaat")
    expect(province.locator("main")).not_to_contain_text("acht jaar")


def _a_vote_is_taken(desk: Page, person: Page) -> None:
    desk.goto(f"{MEETING}/stemmingen")
    desk.get_by_label("Agendapunt").select_option(label="Eén urgentieregel")
    desk.get_by_role("button", name="Open de stemming").click()
    expect(desk.locator("main")).to_contain_text("MEVM stemt, met mandaat")
    person.goto(desk.url)
    for name in ("MEVM", "SBDE"):
        person.locator("summary", has_text=re.compile(f"Vul de stem in.*{name}")).click()
        person.get_by_role("button", name=f"Tegen {name}").click()
        expect(person.get_by_role("status")).to_contain_text(f"De stem van {name} is binnen")
    desk.reload()
    desk.get_by_role("button", name="Sluit de stemming").click()
    expect(desk.locator("main")).to_contain_text("De uitslag, nog niet vastgesteld")
    assert_accessible(desk)
    desk.get_by_role("button", name="Stel de uitslag vast").click()
    expect(desk.get_by_role("heading", name="De uitslag", exact=True)).to_be_visible()


def _who_went_reports_back(person: Page) -> None:
    person.goto(f"{MEETING}/terugkoppeling/schrijven")
    for number, text in enumerate(("Er komt één regel.", "Dit is uitgesteld.")):
        person.get_by_label("Wat is er gezegd?").nth(number).fill(text)
        person.get_by_text("Ja, besloten", exact=True).nth(number).click()
        in_vain = person.get_by_text("Ik heb het gezegd, maar er gebeurde niets mee", exact=True)
        in_vain.nth(number).click()
    person.get_by_role("button", name="Verder: lees het na").click()
    expect(person.locator("h1")).to_contain_text("Lees het na")
    person.get_by_role("button", name=re.compile("^Verstuur")).click()
    expect(person.get_by_role("status")).to_contain_text("Uw terugkoppeling is verstuurd.")


def _the_board_reacts(board: Page) -> None:
    board.goto(f"{MEETING}/terugkoppeling")
    expect(board.locator("main")).to_contain_text("Gezegd, maar er gebeurde niets mee: SBDE")
    board.get_by_label("Een vraag, of iets dat niet klopt").fill("Wij wilden uitstel.")
    board.get_by_role("button", name="Dit is niet wat wij vroegen").click()
    expect(board.get_by_role("status")).to_contain_text("Het is verstuurd.")
