"""The province: its regions, places, municipalities and corporations, and who sits where."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from scheduler.db.tables.base import Row, key
from scheduler.db.types import rule


class Province(Row, table=True):
    """One province, with the assumptions by which its travel and unknown figures are reckoned.

    `place_id` is where meetings at province level are held.
    """

    __tablename__ = "province"
    __table_args__ = (
        rule("detour", "detour > 0"),
        rule("speed_kmh", "speed_kmh > 0"),
        rule("overhead_minutes", "overhead_minutes >= 0"),
        rule("default_dwellings", "default_dwellings >= 1"),
    )

    id: str = Field(primary_key=True)
    name: str
    timezone: str
    detour: float
    speed_kmh: float
    overhead_minutes: float
    default_dwellings: int
    place_id: str | None = key("place.id", cascade=False, default=None)


class Region(Row, table=True):
    """A part of the province; its weight is its share in the quota of province-level meetings."""

    __tablename__ = "region"
    __table_args__ = (rule("weight", "weight >= 1"),)

    id: str = Field(primary_key=True)
    province_id: str = key("province.id")
    name: str
    weight: int
    source: str = ""
    confidence: str = ""


class Place(Row, table=True):
    """Somewhere to meet or to live, as exact as the data is: usually a town centre."""

    __tablename__ = "place"
    __table_args__ = (
        rule("id", "id NOT LIKE '%|%'"),
        rule("lat", "lat BETWEEN -90 AND 90"),
        rule("lon", "lon BETWEEN -180 AND 180"),
    )

    id: str = Field(primary_key=True)
    name: str
    address: str | None = None
    lat: float
    lon: float
    source: str = ""
    confidence: str = ""


class TravelTime(Row, table=True):
    """Measured minutes between two places, where somebody measured them; valid both ways."""

    __tablename__ = "travel_time"
    __table_args__ = (rule("minutes", "minutes >= 0"), rule("ends", "from_id <> to_id"))

    from_id: str = key("place.id", primary=True)
    to_id: str = key("place.id", primary=True)
    minutes: int


class Municipality(Row, table=True):
    """A municipality by its CBS code (GM0106), with its town hall.

    Its code, its region and its town hall each have a source of their own. `last_day` is where it
    went up in another.
    """

    __tablename__ = "municipality"

    id: str = Field(primary_key=True)
    name: str
    source: str = ""
    confidence: str = ""
    region_id: str = key("region.id", cascade=False)
    region_source: str = ""
    region_confidence: str = ""
    place_id: str = key("place.id", cascade=False)
    place_source: str = ""
    place_confidence: str = ""
    last_day: date | None = None


class Corporation(Row, table=True):
    """A housing corporation; the place is its head office, and so are source and confidence.

    `last_day` is where it went up in another.
    """

    __tablename__ = "corporation"

    id: str = Field(primary_key=True)
    name: str
    place_id: str | None = key("place.id", cascade=False, default=None)
    source: str = ""
    confidence: str = ""
    last_day: date | None = None


class Dwellings(Row, table=True):
    """How many dwellings of a corporation an organisation's tenants live in, per municipality.

    An unknown number stays empty; planning then counts the province's `default_dwellings`. The
    party's source says that the organisation sits at the table there, and over which period.
    """

    __tablename__ = "dwellings"
    __table_args__ = (
        UniqueConstraint("corporation_id", "municipality_id", "organisation_id"),
        rule("number", "number IS NULL OR number >= 0"),
        rule("source", "number IS NULL OR source <> ''"),
    )

    id: int = Field(default=None, primary_key=True)
    corporation_id: str = key("corporation.id")
    municipality_id: str = key("municipality.id")
    organisation_id: str = key("organisation.id")
    number: int | None = None
    year: str = ""
    source: str = ""
    confidence: str
    agreement_period: str = ""
    party_source: str = ""
    party_confidence: str = ""
