"""What a province's folder says, row by row.

Identifiers are the folder's own; a municipality's is its CBS code. Every figure has its source and
how far it can be relied on.
"""

from dataclasses import dataclass

from scheduler.provinces.consultations import Kind, Table
from scheduler.provinces.ground import Municipality, Place, Province, Region, Travel
from scheduler.provinces.parties import Corporation, Dwellings, Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvinceFacts:
    """Everything in a province's folder, each part in the order of its file."""

    province: Province
    regions: tuple[Region, ...]
    places: tuple[Place, ...]
    municipalities: tuple[Municipality, ...]
    corporations: tuple[Corporation, ...]
    organisations: tuple[Organisation, ...]
    dwellings: tuple[Dwellings, ...]
    kinds: tuple[Kind, ...]
    tables: tuple[Table, ...]
    travel: tuple[Travel, ...]

    def dwellings_of_region(self, region: str) -> int:
        """The dwellings in a region, an unknown number counted as the province's default."""
        inside = {each.id for each in self.municipalities if each.region == region}
        default = self.province.default_dwellings
        return sum(
            default if each.number is None else each.number
            for each in self.dwellings
            if each.municipality in inside
        )
