"""A province's facts: read from a folder of CSV and TOML, or refused with every fault at once."""

from scheduler.provinces.consultations import Kind, Table
from scheduler.provinces.facts import ProvinceFacts
from scheduler.provinces.ground import Municipality, Place, Province, Region, Travel
from scheduler.provinces.parties import Corporation, Dwellings, Organisation
from scheduler.provinces.read import BadProvince, read_province

__all__ = [
    "BadProvince",
    "Corporation",
    "Dwellings",
    "Kind",
    "Municipality",
    "Organisation",
    "Place",
    "Province",
    "ProvinceFacts",
    "Region",
    "Table",
    "Travel",
    "read_province",
]
