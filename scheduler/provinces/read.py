"""Reading a province's folder as a whole."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from scheduler.domain.cells import cells
from scheduler.domain.errors import Sentence
from scheduler.domain.faults import BadFile, Fault
from scheduler.domain.terms import Level
from scheduler.provinces.consultations import Kind, Table
from scheduler.provinces.facts import ProvinceFacts
from scheduler.provinces.ground import Municipality, Place, Province, Region, Travel
from scheduler.provinces.parties import Corporation, Dwellings, Organisation
from scheduler.provinces.sheet import Filled, Sheet, dangling, read_sheet, unknown
from scheduler.toml_file import read_settings

PROVINCE = "province.toml"
SHEETS: Final[Mapping[str, Sheet[Any]]] = {
    "regions": Sheet(file="regions.csv", kind=Region),
    "places": Sheet(file="places.csv", kind=Place),
    "municipalities": Sheet(file="municipalities.csv", kind=Municipality),
    "corporations": Sheet(file="corporations.csv", kind=Corporation),
    "organisations": Sheet(file="organisations.csv", kind=Organisation),
    "dwellings": Sheet(
        file="dwellings.csv", kind=Dwellings, key=("corporation", "municipality", "organisation")
    ),
    "kinds": Sheet(file="kinds.csv", kind=Kind),
    "tables": Sheet(file="tables.csv", kind=Table),
    # Travel is the same both ways, so A-B and B-A may not both be there.
    "travel": Sheet(
        file="travel.csv", kind=Travel, key=("from", "to"), identity=frozenset, may_be_empty=True
    ),
}
"""The CSV files of a folder, by the part of `ProvinceFacts` that they fill."""


class BadProvince(BadFile):
    """A province's folder can't be used; every fault in it at once."""


def read_province(folder: Path) -> ProvinceFacts:
    """Read the facts of a province; nothing is written, and other files in the folder are ignored.

    Raises:
        BadProvince: there is no such folder, or there are faults in it: all of them at once, each
            with its file, line and column.
    """
    if not folder.is_dir():
        expected = Sentence("een map met de gegevens van een provincie", "a province's folder")
        raise BadProvince(Fault(file=str(folder), expected=expected))
    faults: list[Fault] = []
    province = read_settings(folder / PROVINCE, Province, faults)
    read = {part: read_sheet(folder, sheet, faults) for part, sheet in SHEETS.items()}
    filled = {part: sheet for part, sheet in read.items() if sheet is not None}
    faults.extend(_dangling(province, filled.values()))
    faults.extend(_misplaced(filled))
    if faults or province is None:
        raise BadProvince(*faults)
    return ProvinceFacts(province=province, **{part: each.values for part, each in filled.items()})


def _dangling(province: Province | None, filled: Iterable[Filled[Any]]) -> Iterable[Fault]:
    ids = {each.sheet.file: each.ids for each in filled}
    target = cells(Province)["place"].refers_to or ""
    if province is not None and target in ids and province.place not in ids[target]:
        yield unknown(PROVINCE, "place", target, province.place)
    for each in filled:
        yield from dangling(each, ids)


def _misplaced(filled: Mapping[str, Filled[Any]]) -> Iterable[Fault]:
    """Tables that don't name the municipality or corporation that their kind's level asks for."""
    if "kinds" not in filled or "tables" not in filled:
        return
    levels = {kind.id: kind.level for kind in filled["kinds"].values}
    tables: Mapping[int, Table] = filled["tables"].facts
    for row, table in tables.items():
        level = levels.get(table.kind)
        owners = ((Level.MUNICIPALITY, table.municipality), (Level.CORPORATION, table.corporation))
        for owner, named in owners:
            if level is not None and (level is owner) != (named is not None):
                yield Fault(
                    file=filled["tables"].sheet.file,
                    row=row,
                    column=owner.value,
                    expected=_owner(level, wanted=level is owner),
                    found=named or "",
                )


def _owner(level: Level, *, wanted: bool) -> Sentence:
    if wanted:
        return Sentence(f"een id, want het niveau is {level}", f"an id, the level being {level}")
    return Sentence(f"niets, want het niveau is {level}", f"nothing, the level being {level}")
