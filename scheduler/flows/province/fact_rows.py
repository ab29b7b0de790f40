"""Each kind of fact about a province, as the row that it becomes."""

from typing import Any

from scheduler import provinces
from scheduler.db import tables
from scheduler.domain.terms import Confidence


def place(fact: provinces.Place) -> tables.Place:
    """A place on the map."""
    return tables.Place(
        id=fact.id,
        name=fact.name,
        address=fact.address,
        lat=fact.lat,
        lon=fact.lon,
        source=fact.source,
        confidence=fact.confidence,
    )


def province(fact: provinces.Province) -> tables.Province:
    """The province itself, with how travel is reckoned in it."""
    return tables.Province(
        id=fact.id,
        name=fact.name,
        timezone=fact.timezone.key,
        detour=fact.detour,
        speed_kmh=fact.speed_kmh,
        overhead_minutes=fact.overhead_minutes,
        default_dwellings=fact.default_dwellings,
        place_id=fact.place,
    )


def region(fact: provinces.Region, facts: provinces.ProvinceFacts) -> tables.Region:
    """A region; its share in the seats at province level is its share of the dwellings."""
    return tables.Region(
        id=fact.id,
        province_id=facts.province.id,
        name=fact.name,
        weight=max(1, facts.dwellings_of_region(fact.id)),
        source=fact.source,
        confidence=fact.confidence,
    )


def municipality(fact: provinces.Municipality) -> tables.Municipality:
    """A municipality, with its region and where it meets."""
    return tables.Municipality(
        id=fact.id,
        name=fact.name,
        source=fact.source,
        confidence=fact.confidence,
        region_id=fact.region,
        region_source=fact.region_source,
        region_confidence=fact.region_confidence,
        place_id=fact.place,
        place_source=fact.place_source,
        place_confidence=fact.place_confidence,
    )


def trip(fact: provinces.Travel) -> tables.TravelTime:
    """How long one way takes, in minutes."""
    return tables.TravelTime(from_id=fact.from_place, to_id=fact.to_place, minutes=fact.minutes)


def corporation(fact: provinces.Corporation) -> tables.Corporation:
    """A housing corporation."""
    return tables.Corporation(
        id=fact.id,
        name=fact.name,
        place_id=fact.place,
        source=fact.source,
        confidence=fact.confidence,
    )


def organisation(fact: provinces.Organisation, *, capacity_given: bool) -> tables.Organisation:
    """A tenant organisation; a capacity that is assumed gives way to one that is given here."""
    assumed = fact.capacity_confidence is Confidence.ASSUMPTION
    capacity: dict[str, Any] = {
        "capacity_minutes_per_year": 60 * fact.capacity_hours_per_year,
        "capacity_is_sample": assumed,
        "capacity_source": fact.capacity_source,
    }
    return tables.Organisation(
        id=fact.id,
        name=fact.name,
        name_is_placeholder=fact.name_is_placeholder,
        full_name=fact.full_name,
        source=fact.source,
        confidence=fact.confidence,
        region_id=fact.region,
        region_source=fact.region_source,
        region_confidence=fact.region_confidence,
        note=fact.note,
        **({} if assumed and capacity_given else capacity),
    )


def dwellings(fact: provinces.Dwellings) -> tables.Dwellings:
    """How many dwellings of a corporation an organisation has in a municipality."""
    return tables.Dwellings(
        corporation_id=fact.corporation,
        municipality_id=fact.municipality,
        organisation_id=fact.organisation,
        number=fact.number,
        year=fact.year,
        source=fact.source,
        confidence=fact.confidence,
        agreement_period=fact.agreement_period,
        party_source=fact.party_source,
        party_confidence=fact.party_confidence,
    )


def kind(fact: provinces.Kind) -> tables.TableKind:
    """A kind of table: how its meetings are, wherever they are held."""
    plain = {name: getattr(fact, name) for name in _SAME}
    return tables.TableKind(
        topics=list(fact.topics),
        expertise=list(fact.expertise),
        seasons=[str(season) for season in fact.seasons],
        **plain,
    )


_SAME = tuple(
    name for name in tables.TableKind.model_fields if name not in {"topics", "expertise", "seasons"}
)
"""The facts that are columns of a kind under the same name."""


def table(fact: provinces.Table, its_kind: provinces.Kind) -> tables.Table:
    """One table, with what it has of its kind."""
    return tables.Table(
        id=fact.id,
        name=fact.name,
        kind_id=fact.kind,
        level=its_kind.level,
        character=its_kind.character,
        municipality_id=fact.municipality,
        corporation_id=fact.corporation,
        organisation_id=fact.organisation,
        source=its_kind.source,
        confidence=its_kind.confidence,
    )
