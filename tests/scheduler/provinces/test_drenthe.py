"""What the real folder says."""

import json
from collections import Counter

import pytest

from scheduler.domain.terms import Confidence, Level
from scheduler.provinces import ProvinceFacts, read_province
from scheduler.settings import CONFIG

FOLDER = CONFIG / "provinces" / "drenthe"


@pytest.fixture(scope="module")
def drenthe() -> ProvinceFacts:
    return read_province(FOLDER)


def test_drenthe_has_twelve_municipalities_twelve_organisations_and_eight_corporations(
    drenthe: ProvinceFacts,
) -> None:
    assert len(drenthe.municipalities) == 12
    assert len(drenthe.organisations) == 12
    assert len(drenthe.corporations) == 8
    assert len(drenthe.regions) == 3


def test_its_assumptions_are_those_of_the_rule_book(drenthe: ProvinceFacts) -> None:
    province = drenthe.province
    assert (province.detour, province.speed_kmh, province.overhead_minutes) == (1.3, 60, 6)
    assert province.default_dwellings == 500
    assert province.timezone.key == "Europe/Amsterdam"


def test_every_municipality_has_a_table_for_its_performance_agreements(
    drenthe: ProvinceFacts,
) -> None:
    tables = {table.municipality for table in drenthe.tables if table.kind == "prestatie"}
    assert tables == {municipality.id for municipality in drenthe.municipalities}


def test_every_corporation_meets_each_of_its_organisations(drenthe: ProvinceFacts) -> None:
    together = {(each.corporation, each.organisation) for each in drenthe.dwellings}
    for kind in ("bestuurlijk", "bod", "huurbeleid"):
        tables = [table for table in drenthe.tables if table.kind == kind]
        assert {(table.corporation, table.organisation) for table in tables} == together


def test_a_year_has_about_four_hundred_meetings_on_three_levels(drenthe: ProvinceFacts) -> None:
    kinds = {kind.id: kind for kind in drenthe.kinds}
    meetings: Counter[Level] = Counter()
    for table in drenthe.tables:
        meetings[kinds[table.kind].level] += kinds[table.kind].meetings_per_year
    assert meetings == {Level.MUNICIPALITY: 264, Level.CORPORATION: 96, Level.PROVINCE: 32}


def test_an_unknown_number_of_dwellings_counts_as_the_default(drenthe: ProvinceFacts) -> None:
    known = sum(each.number for each in drenthe.dwellings if each.number is not None)
    unknown = sum(each.number is None for each in drenthe.dwellings)
    regions = sum(drenthe.dwellings_of_region(region.id) for region in drenthe.regions)
    assert unknown == 11
    assert regions == known + 11 * 500 == 42_644


def test_the_organisation_without_a_name_is_marked_as_a_placeholder(drenthe: ProvinceFacts) -> None:
    placeholders = [each for each in drenthe.organisations if each.name_is_placeholder]
    assert [each.id for each in placeholders] == ["domesta-hoogeveen"]
    assert placeholders[0].confidence is Confidence.UNKNOWN


def test_no_capacity_pretends_to_be_known(drenthe: ProvinceFacts) -> None:
    assert {each.capacity_confidence for each in drenthe.organisations} == {Confidence.ASSUMPTION}


def test_the_outline_draws_each_municipality_once() -> None:
    outline = json.loads((FOLDER / "outline.geojson").read_text(encoding="utf-8"))
    drawn = sorted(feature["id"] for feature in outline["features"])
    assert drawn == sorted(each.id for each in read_province(FOLDER).municipalities)
    assert "Kadaster" in outline["attribution"]
