"""The ground: the province, its regions, places and municipalities, and the ways between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from scheduler.domain.cells import Contradiction, Fact, cell
from scheduler.domain.parsing import (
    Unfit,
    above_zero,
    any_text,
    decimal,
    identifier,
    one_of,
    optional,
    some_text,
    whole,
    zone,
)
from scheduler.domain.terms import Confidence
from scheduler.provinces.backed import backed

_MOST_DWELLINGS = 10_000_000
_DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Province(Fact):
    """The province itself, and how its travel times and unknown figures are reckoned.

    A trip takes overhead + 60 x detour x distance / speed minutes; the distance is in kilometres as
    the crow flies. `place` is where province-level meetings are held.
    """

    id: str = cell(identifier)
    name: str = cell(some_text)
    timezone: ZoneInfo = cell(zone)
    place: str = cell(identifier, refers_to="places.csv")
    detour: float = cell(above_zero, "travel.detour")
    speed_kmh: float = cell(above_zero, "travel.speed_kmh")
    overhead_minutes: float = cell(decimal(0, _DAY_MINUTES), "travel.overhead_minutes")
    travel_source: str = cell(some_text, "travel.source")
    default_dwellings: int = cell(whole(1, _MOST_DWELLINGS), "dwellings.default")
    default_dwellings_source: str = cell(some_text, "dwellings.source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Region(Fact):
    """A part of the province."""

    id: str = cell(identifier)
    name: str = cell(some_text)
    source: str = cell(any_text)
    confidence: Confidence = cell(one_of(Confidence))

    def contradictions(self) -> Iterator[Contradiction]:
        """A grouping without a source."""
        return backed(self.confidence, self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Fact):
    """Somewhere to meet or to live; degrees, WGS 84."""

    id: str = cell(identifier)
    name: str = cell(some_text)
    address: str | None = cell(optional(some_text))
    lat: float = cell(decimal(-90, 90))
    lon: float = cell(decimal(-180, 180))
    source: str = cell(any_text)
    confidence: Confidence = cell(one_of(Confidence))

    def contradictions(self) -> Iterator[Contradiction]:
        """Coordinates without a source."""
        return backed(self.confidence, self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality(Fact):
    """A municipality, the region it belongs to, and the place of its town hall."""

    id: str = cell(identifier)
    name: str = cell(some_text)
    source: str = cell(any_text)
    confidence: Confidence = cell(one_of(Confidence))
    region: str = cell(identifier, refers_to="regions.csv")
    region_source: str = cell(any_text)
    region_confidence: Confidence = cell(one_of(Confidence))
    place: str = cell(identifier, refers_to="places.csv")
    place_source: str = cell(any_text)
    place_confidence: Confidence = cell(one_of(Confidence))

    def contradictions(self) -> Iterator[Contradiction]:
        """A code, region or town hall without a source."""
        yield from backed(self.confidence, self.source)
        yield from backed(self.region_confidence, self.region_source, "region_source")
        yield from backed(self.place_confidence, self.place_source, "place_source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel(Fact):
    """Minutes between two places that somebody measured; valid both ways."""

    from_place: str = cell(identifier, "from", refers_to="places.csv")
    to_place: str = cell(identifier, "to", refers_to="places.csv")
    minutes: int = cell(whole(0, _DAY_MINUTES))
    source: str = cell(some_text)
    confidence: Confidence = cell(one_of(Confidence))

    def contradictions(self) -> Iterator[Contradiction]:
        """A trip that goes nowhere."""
        if self.from_place == self.to_place:
            yield "to_place", Unfit("een andere plaats dan from", "another place than from")
