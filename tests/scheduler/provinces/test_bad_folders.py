"""Every way to spoil a province's folder is named by its file, line and column."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scheduler.provinces import BadProvince, read_province
from scheduler.provinces.read import SHEETS

Spoil = Callable[[Path], object]


def replace(file: str, old: str, new: str) -> Spoil:
    def spoil(folder: Path) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return spoil


def append(file: str, text: str) -> Spoil:
    def spoil(folder: Path) -> None:
        with (folder / file).open("a", encoding="utf-8") as out:
            out.write(text)

    return spoil


def remove(file: str) -> Spoil:
    return lambda folder: (folder / file).unlink()


def write(file: str, content: bytes) -> Spoil:
    return lambda folder: (folder / file).write_bytes(content)


REGIONS = "regions.csv"
SPOILED: dict[str, tuple[Any, ...]] = {
    "a missing file": (
        remove("travel.csv"),
        "travel.csv: verwacht: een bestand dat te lezen is; gevonden: 'No such file or directory'.",
    ),
    "a missing settings file": (
        remove("province.toml"),
        (
            "province.toml: verwacht: een bestand dat te lezen is;"
            " gevonden: 'No such file or directory'."
        ),
    ),
    "a missing column": (
        replace("places.csv", "id,name,address,lat", "id,name,address,latitude"),
        "places.csv, regel 1, kolom lat: verwacht: deze kolom.",
        (
            "places.csv, regel 1: verwacht: alleen de kolommen id, name, address, lat, lon, source,"
            " confidence; gevonden: 'latitude'."
        ),
    ),
    "an unknown column": (
        replace("travel.csv", "confidence", "confidence,remark"),
        (
            "travel.csv, regel 1: verwacht: alleen de kolommen from, to, minutes, source,"
            " confidence;"
            " gevonden: 'remark'."
        ),
    ),
    "a column twice": (
        replace("travel.csv", "confidence", "confidence,from"),
        "travel.csv, regel 1, kolom from: verwacht: elke kolom één keer; gevonden: 'from'.",
    ),
    "semicolons": (
        write("travel.csv", b"from;to;minutes;source;confidence\n"),
        (
            "travel.csv, regel 1: verwacht: komma's tussen de kolommen;"
            " gevonden: 'from;to;minutes;source;confidence'."
        ),
    ),
    "an empty file": (
        write("travel.csv", b""),
        *(
            f"travel.csv, regel 1, kolom {name}: verwacht: deze kolom."
            for name in ("from", "to", "minutes", "source", "confidence")
        ),
    ),
    "a header alone": (
        write("tables.csv", b"id,name,kind,municipality,corporation,organisation\n"),
        "tables.csv: verwacht: ten minste één regel onder de kop.",
    ),
    "another encoding": (
        write(REGIONS, "id,name\nx,Één".encode("latin-1")),
        "regions.csv, regel 2: verwacht: tekst in UTF-8; gevonden: 'byte 0xc9'.",
    ),
    "an open quotation mark": (
        append(REGIONS, 'oost,"Oost,inferred'),
        (
            "regions.csv, regel 5: verwacht: geldige CSV (let op de aanhalingstekens);"
            " gevonden: 'unexpected end of data'."
        ),
    ),
    "too few cells": (
        append(REGIONS, "oost,Oost\n"),
        "regions.csv, regel 5: verwacht: 4 cellen; gevonden: '2'.",
    ),
    "too many cells": (
        append(REGIONS, "oost,Oost,,unknown,extra\n"),
        "regions.csv, regel 5: verwacht: 4 cellen; gevonden: '5'.",
    ),
    "an id twice": (
        append(REGIONS, "noord,Noord,,unknown\n"),
        "regions.csv, regel 5, kolom id: verwacht: iets anders dan op regel 2; gevonden: 'noord'.",
    ),
    "a party twice": (
        append("dwellings.csv", "sew,GM1730,hbvep,,,,unknown,2024-2028,tynaarlo.nl,sourced\n"),
        (
            "dwellings.csv, regel 27, kolom corporation, municipality, organisation: verwacht: iets"
            " anders dan op regel 14; gevonden: 'sew, GM1730, hbvep'."
        ),
    ),
    "a trip there and back": (
        append("travel.csv", "assen,emmen,35,measured,sourced\nemmen,assen,36,measured,sourced\n"),
        (
            "travel.csv, regel 3, kolom from, to: verwacht: iets anders dan op regel 2;"
            " gevonden: 'emmen, assen'."
        ),
    ),
    "a trip that goes nowhere": (
        append("travel.csv", "assen,assen,5,measured,sourced\n"),
        "travel.csv, regel 2, kolom to: verwacht: een andere plaats dan from; gevonden: 'assen'.",
    ),
    "an unknown region": (
        replace("municipalities.csv", ",noord,", ",oost,"),
        (
            "municipalities.csv, regel 2, kolom region: verwacht: een id uit regions.csv;"
            " gevonden: 'oost'."
        ),
    ),
    "an unknown place for the province": (
        replace("province.toml", '"assen"', '"utrecht"'),
        "province.toml, instelling place: verwacht: een id uit places.csv; gevonden: 'utrecht'.",
    ),
    "a latitude off the globe": (
        replace("places.csv", "52.99667", "152.99667"),
        (
            "places.csv, regel 2, kolom lat: verwacht: een getal van -90 tot en met 90, met een"
            " punt"
            " voor de decimalen; gevonden: '152.99667'."
        ),
    ),
    "a number in words": (
        replace("dwellings.csv", "7543", "7.543"),
        (
            "dwellings.csv, regel 2, kolom number: verwacht: een geheel getal van 0 tot en met"
            " 10000000; gevonden: '7.543'."
        ),
    ),
    "a number without a source": (
        replace("dwellings.csv", "dvhn.nl 23910110 (rond de 2800)", ""),
        "dwellings.csv, regel 9, kolom source: verwacht: een bron bij het aantal; gevonden: ''.",
    ),
    "a number that is unknown": (
        replace("dwellings.csv", "sourced (approximate)", "unknown"),
        (
            "dwellings.csv, regel 15, kolom confidence: verwacht: unknown zonder aantal, en met een"
            " aantal iets anders; gevonden: 'unknown'."
        ),
    ),
    "a claim without a source": (
        replace("corporations.csv", "destentor.nl 2017-06 (Actium uit Assen)", ""),
        (
            "corporations.csv, regel 2, kolom source: verwacht: een bron, want de zekerheid is"
            " sourced;"
            " gevonden: ''."
        ),
    ),
    "a word outside its list": (
        replace("kinds.csv", "corporation,advising", "corporation,wishing"),
        (
            "kinds.csv, regel 2, kolom character: verwacht: een van: deciding, advising, informing;"
            " gevonden: 'wishing'."
        ),
    ),
    "a season that ends before it starts": (
        replace("kinds.csv", "03-01/06-20", "06-20/03-01"),
        (
            "kinds.csv, regel 3, kolom seasons: verwacht: een periode in een jaar zoals 03-01/06-30"
            " (maand-dag); gevonden: '06-20/03-01'."
        ),
    ),
    "a season on a day that doesn't come every year": (
        replace("kinds.csv", "03-01/06-20", "02-29/06-20"),
        (
            "kinds.csv, regel 3, kolom seasons: verwacht: een periode in een jaar zoals 03-01/06-30"
            " (maand-dag); gevonden: '02-29/06-20'."
        ),
    ),
    "more seats at least than at most": (
        replace("kinds.csv", ",1,3,60,30,", ",4,3,60,30,"),
        (
            "kinds.csv, regel 2, kolom seats_min: verwacht: niet meer dan seats_max (3);"
            " gevonden: '4'."
        ),
    ),
    "an id that can't stand in an address": (
        append(REGIONS, "oost|west,Oost,,unknown\n"),
        (
            "regions.csv, regel 5, kolom id: verwacht: een kenmerk van letters, cijfers en"
            " streepjes;"
            " gevonden: 'oost|west'."
        ),
    ),
    "a name over two lines": (
        append(REGIONS, 'oost,"Oost\nWest",,unknown\n'),
        (
            "regions.csv, regel 5, kolom name: verwacht: tekst op één regel, zonder stuurtekens;"
            " gevonden: 'Oost\\nWest'."
        ),
    ),
    "a municipal table without its municipality": (
        replace("tables.csv", "prestatie,GM0106", "prestatie,"),
        (
            "tables.csv, regel 64, kolom municipality: verwacht: een id, want het niveau is"
            " municipality; gevonden: ''."
        ),
    ),
    "a provincial table with a corporation": (
        replace("tables.csv", "Woonagenda,woonagenda,,,", "Woonagenda,woonagenda,,actium,"),
        (
            "tables.csv, regel 90, kolom corporation: verwacht: niets, want het niveau is province;"
            " gevonden: 'actium'."
        ),
    ),
    "a setting too few": (
        replace("province.toml", "detour = 1.3", ""),
        "province.toml, instelling travel.detour: verwacht: deze instelling.",
    ),
    "a setting too many": (
        replace("province.toml", "detour = 1.3", "detour = 1.3\ntoll = 2"),
        (
            "province.toml, instelling travel.toll: verwacht: alleen instellingen die bestaan;"
            " deze bestaat"
            " niet."
        ),
    ),
    "a list where one value is meant": (
        replace("province.toml", "detour = 1.3", "detour = [1.3]"),
        "province.toml, instelling travel.detour: verwacht: één waarde; gevonden: '[1.3]'.",
    ),
    "a time zone that doesn't exist": (
        replace("province.toml", "Europe/Amsterdam", "Europe/Assen"),
        (
            "province.toml, instelling timezone: verwacht: een tijdzone, zoals Europe/Amsterdam;"
            " gevonden: 'Europe/Assen'."
        ),
    ),
    "settings that aren't TOML": (
        write("province.toml", b"id = "),
        "province.toml: verwacht: geldige TOML; gevonden: 'Invalid value (at end of document)'.",
    ),
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_spoiled_folder_is_refused_with_just_its_faults(
    name: str, folder: Path, faults_of: Callable[[Path], list[str]]
) -> None:
    spoil, *faults = SPOILED[name]
    spoil(folder)
    assert faults_of(folder) == faults


def test_all_faults_of_all_files_are_named_at_once(
    folder: Path, faults_of: Callable[[Path], list[str]]
) -> None:
    for name in ("a word outside its list", "an id twice", "a missing file", "a setting too few"):
        SPOILED[name][0](folder)
    replace("places.csv", "52.99667,6.5625", "north,east")(folder)
    assert faults_of(folder) == [
        *SPOILED["a setting too few"][1:],
        *SPOILED["an id twice"][1:],
        (
            "places.csv, regel 2, kolom lat: verwacht: een getal van -90 tot en met 90, met een"
            " punt"
            " voor de decimalen; gevonden: 'north'."
        ),
        (
            "places.csv, regel 2, kolom lon: verwacht: een getal van -180 tot en met 180, met"
            " een punt"
            " voor de decimalen; gevonden: 'east'."
        ),
        *SPOILED["a word outside its list"][1:],
        *SPOILED["a missing file"][1:],
    ]


def test_a_reference_to_a_line_with_another_fault_is_no_fault(
    folder: Path, faults_of: Callable[[Path], list[str]]
) -> None:
    replace("regions.csv", "Noord-Drenthe", "")(folder)
    assert faults_of(folder) == [
        "regions.csv, regel 2, kolom name: verwacht: een tekst; gevonden: ''."
    ]


def test_references_to_a_file_that_cannot_be_read_are_not_judged(
    folder: Path, faults_of: Callable[[Path], list[str]]
) -> None:
    remove("places.csv")(folder)
    assert faults_of(folder) == [
        "places.csv: verwacht: een bestand dat te lezen is; gevonden: 'No such file or directory'."
    ]


def test_an_empty_folder_misses_every_file(
    tmp_path: Path, faults_of: Callable[[Path], list[str]]
) -> None:
    missing = [fault.split(":")[0] for fault in faults_of(tmp_path)]
    assert missing == ["province.toml", *(sheet.file for sheet in SHEETS.values())]


def test_a_folder_that_is_not_there_is_named(
    tmp_path: Path, faults_of: Callable[[Path], list[str]]
) -> None:
    folder = tmp_path / "friesland"
    assert faults_of(folder) == [f"{folder}: verwacht: een map met de gegevens van een provincie."]


def test_a_file_is_not_a_folder(folder: Path, faults_of: Callable[[Path], list[str]]) -> None:
    file = folder / "regions.csv"
    assert faults_of(file) == [f"{file}: verwacht: een map met de gegevens van een provincie."]


def test_a_fault_says_in_english_what_was_expected_and_keeps_its_parts(folder: Path) -> None:
    replace("places.csv", "52.99667", "152.99667")(folder)
    with pytest.raises(BadProvince) as refused:
        read_province(folder)
    (fault,) = refused.value.faults
    assert (fault.file, fault.row, fault.column, fault.found) == (
        "places.csv",
        2,
        "lat",
        "152.99667",
    )
    assert str(refused.value) == (
        "places.csv, line 2, column lat: expected a number from -90 to 90,"
        " with a point before its decimals; found: '152.99667'."
    )


def test_a_byte_order_mark_spaces_blank_lines_and_another_order_of_columns_are_fine(
    folder: Path,
) -> None:
    write(
        "travel.csv",
        "\ufeffto, from,minutes,source,confidence\n\n emmen ,assen,35,measured,sourced\n".encode(),
    )(folder)
    (trip,) = read_province(folder).travel
    assert (trip.from_place, trip.to_place, trip.minutes) == ("assen", "emmen", 35)
