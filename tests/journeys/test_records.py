"""What a coordinator does with the records, done by hand in a real browser without JavaScript."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]


@pytest.mark.parametrize("width", [1280, 360])
def test_a_changed_limit_tells_what_it_means_and_can_be_undone(
    visit: Visit, working_site: object, width: int
) -> None:
    page = visit("coordinator", at=working_site, width=width, java_script_enabled=False)
    page.get_by_role("link", name="Gegevens", exact=True).last.click()
    page.get_by_role("link", name="Afgevaardigden", exact=True).click()
    page.get_by_label("Zoek").fill("afgevaardigde 12")
    page.get_by_role("button", name="Toon").click()
    page.get_by_role("link", name="Afgevaardigde 12").click()
    page.get_by_label("Hoogstens zoveel overleggen per maand").fill("1")
    page.get_by_label("Waarom?").fill("Meer rust")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Dit is veranderd.")
    expect(page.locator("#gevolg")).to_have_text("Het rooster past hier niet meer bij")
    expect(page.locator("main")).to_contain_text("Reden: Meer rust")
    page.get_by_role("button", name="Maak ongedaan").click()
    expect(page.get_by_role("status")).to_contain_text("Dit is ongedaan gemaakt.")
    expect(page.locator("#gevolg")).to_have_count(0)
    expect(page.get_by_label("Hoogstens zoveel overleggen per maand")).to_have_value("")


def test_a_sheet_with_faults_is_mended_and_carried_out(
    visit: Visit, working_site: object, tmp_path: Path
) -> None:
    page = visit("coordinator", at=working_site, java_script_enabled=False)
    page.goto("/gegevens/afgevaardigden")
    with page.expect_download() as download:
        page.get_by_role("link", name="Haal op als CSV").click()
    sheet = tmp_path / "afgevaardigden.csv"
    download.value.save_as(sheet)
    text = sheet.read_text(encoding="utf-8-sig")
    page.get_by_role("link", name="Lees een CSV-bestand in").click()
    wrong = text.replace("Afgevaardigde 27", "").replace(";Assen;", ";Parijs;")
    sheet.write_text(wrong, encoding="utf-8-sig")
    page.get_by_label("CSV-bestand").set_input_files(sheet)
    page.get_by_role("button", name="Kijk het na").click()
    expect(page.get_by_role("alert")).to_contain_text("3 dingen in het bestand kloppen nog niet")
    expect(page.locator("table")).to_contain_text("Parijs")
    sheet.write_text(text.replace("Afgevaardigde 27", "Iemand anders"), encoding="utf-8-sig")
    page.get_by_label("CSV-bestand").set_input_files(sheet)
    page.get_by_role("button", name="Kijk het na").click()
    expect(page.locator("main")).to_contain_text("Er is nog niets veranderd.")
    expect(page.locator("table")).to_contain_text("Iemand anders")
    page.get_by_role("button", name="Voer dit uit").click()
    expect(page.locator("h1")).to_have_text("Het bestand is ingelezen")
    page.goto("/gegevens/afgevaardigden?zoek=iemand")
    expect(page.locator("table")).to_contain_text("Iemand anders")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_year_is_set_ready_corrected_and_never_doubled(
    visit: Visit, working_site: object, width: int
) -> None:
    page = visit("coordinator", at=working_site, width=width, java_script_enabled=False)
    page.goto("/gegevens/gesloten-dagen/nieuw")
    page.get_by_label("Naam").fill("Carnaval")
    page.get_by_label("Soort").select_option("schoolvakantie")
    page.get_by_label("Eerste dag").fill("2028-03-06")
    page.get_by_label("Laatste dag").fill("2028-03-10")
    page.get_by_role("button", name="Voeg toe").click()
    page.goto("/gegevens")
    page.get_by_role("link", name="Zet 2028 klaar uit 2027").click()
    expect(page.locator("main")).to_contain_text("verschoven: schoolvakantie")
    page.get_by_label("Dag Woonvisie Tynaarlo").fill("2028-03-29")
    page.get_by_label("Voortgang prestatieafspraken Emmen").first.uncheck()
    page.get_by_role("button", name="Zet wat aangevinkt is klaar").click()
    expect(page.get_by_role("status")).to_contain_text("3 overleggen staan klaar.")
    expect(page.locator("main")).to_contain_text("woensdag 29 maart 2028")
    page.get_by_role("button", name="Zet wat aangevinkt is klaar").click()
    expect(page.get_by_role("status")).to_contain_text("1 overleg staat klaar.")
    expect(page.get_by_role("button", name="Zet wat aangevinkt is klaar")).to_have_count(0)
    page.get_by_role("link", name="Reken een rooster uit voor 2028").click()
    expect(page.get_by_label("Van", exact=True)).to_have_value("2028-01-01")
