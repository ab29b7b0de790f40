"""The plan's filters: each narrows, they combine, and they stay in the address."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

ALL = {
    "Terugblik Assen",
    "Voorbereiding bod Assen",
    "Voortgang prestatieafspraken Emmen",
    "Woonvisie Tynaarlo",
    "Wonen met zorg Emmen",
    "Provinciaal overleg urgentieregels",
}


def titles(client: TestClient, query: str) -> set[str]:
    """The titles in every month that the filters leave."""
    page = client.get(f"/rooster?{query}").text
    months = re.findall(r'href="(/rooster\?[^"]*maand=[^"]*)"', page)
    pages = [page, *(client.get(month.replace("&amp;", "&")).text for month in months)]
    return {title for each in pages for title in ALL if title in each}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ALL),
        ("gemeente=GM0114", {"Voortgang prestatieafspraken Emmen", "Wonen met zorg Emmen"}),
        ("regio=noord", {"Terugblik Assen", "Voorbereiding bod Assen", "Woonvisie Tynaarlo"}),
        (
            "organisatie=sbde",
            {"Voortgang prestatieafspraken Emmen", "Provinciaal overleg urgentieregels"},
        ),
        ("afgevaardigde=r27", {"Provinciaal overleg urgentieregels"}),
        ("tafel=t-GM1730", {"Woonvisie Tynaarlo"}),
        ("niveau=province", {"Provinciaal overleg urgentieregels"}),
        ("gaten=ja", {"Voortgang prestatieafspraken Emmen"}),
        ("van=2027-03-24&tot=2027-03-30", {"Woonvisie Tynaarlo", "Wonen met zorg Emmen"}),
        ("gemeente=GM0114&afgevaardigde=r5", {"Wonen met zorg Emmen"}),
        ("gemeente=GM9999", set()),
    ],
)
def test_a_filter_leaves_what_it_names(
    coordinator: TestClient, query: str, found: set[str]
) -> None:
    assert titles(coordinator, query) == found


def test_the_first_month_shown_is_this_one(coordinator: TestClient) -> None:
    page = coordinator.get("/rooster").text
    assert "Voorbereiding bod Assen" in page
    assert "Terugblik Assen" not in page
    assert "Provinciaal overleg urgentieregels" not in page


def test_a_month_that_is_asked_for_is_shown(coordinator: TestClient) -> None:
    assert "Terugblik Assen" in coordinator.get("/rooster?maand=2027-02").text


def test_months_keep_the_filters(coordinator: TestClient) -> None:
    page = coordinator.get("/rooster?organisatie=mevm").text
    assert "/rooster?organisatie=mevm&amp;maand=2027-04" in page


def test_the_form_shows_what_was_chosen(coordinator: TestClient) -> None:
    page = coordinator.get("/rooster?gemeente=GM0114&gaten=ja&van=2027-03-01").text
    assert '<option value="GM0114" selected>' in page
    assert 'value="ja" checked' in page
    assert 'value="2027-03-01"' in page


def test_the_list_is_grouped_by_week(coordinator: TestClient) -> None:
    page = coordinator.get("/rooster").text
    assert "Week 10, 8 tot en met 14 maart" in page
    assert "Week 13, 29 maart tot en met 4 april" in page


def test_the_head_counts_meetings_and_gaps(coordinator: TestClient) -> None:
    page = coordinator.get("/rooster").text
    assert "Februari tot en met april 2027: 6 overleggen, 1 met een gat." in page


def test_a_choice_that_fits_nothing_says_what_to_do(coordinator: TestClient) -> None:
    assert "Kies minder filters" in coordinator.get("/rooster?gemeente=GM9999").text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("van=gisteren", "Dit is geen datum"),
        ("tot=2027-13-40", "Dit is geen datum"),
        ("tot=9999-12-31", "Dit is geen datum"),
        ("van=0001-01-01", "Dit is geen datum"),
        ("niveau=zolder", "Dit niveau bestaat niet."),
        ("van=2027-04-01&tot=2027-03-01", "Het einde van de periode ligt vóór het begin."),
    ],
)
def test_a_filter_that_cant_be_read_is_refused_with_a_reason(
    coordinator: TestClient, query: str, sentence: str
) -> None:
    answer = coordinator.get(f"/rooster?{query}")
    assert answer.status_code == 400
    assert sentence in answer.text


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    query=st.dictionaries(
        st.sampled_from(["gemeente", "regio", "tafel", "niveau", "van", "tot", "gaten", "maand"]),
        st.one_of(
            st.text("0129-GMjaté'%\x00 ", max_size=12), st.dates().map(str), st.just("province")
        ),
    )
)
def test_whatever_stands_in_the_address_is_answered_or_refused(
    coordinator: TestClient, query: dict[str, str]
) -> None:
    assert coordinator.get("/rooster", params=query).status_code in {200, 400}


def test_a_municipality_chooses_among_its_own_tables(municipality: TestClient) -> None:
    page = municipality.get("/rooster").text
    assert "Prestatieafspraken Emmen" in page
    assert "Prestatieafspraken Assen" not in page


def test_only_the_coordinator_chooses_among_people(
    representative: TestClient, municipality: TestClient
) -> None:
    for client in (representative, municipality):
        assert 'name="afgevaardigde"' not in client.get("/rooster").text
