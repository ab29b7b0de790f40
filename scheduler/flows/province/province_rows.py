"""A province's facts as rows, in the order in which they refer to each other."""

from collections.abc import Collection, Iterator
from typing import Any

from scheduler.db.tables import (
    Corporation,
    Dwellings,
    Municipality,
    Organisation,
    Place,
    Province,
    Region,
    Table,
    TableKind,
    TravelTime,
)
from scheduler.domain.terms import Confidence
from scheduler.flows.province.upkeep import Wanted
from scheduler.provinces import Kind, ProvinceFacts
from scheduler.provinces import Municipality as MunicipalityFact
from scheduler.provinces import Organisation as OrganisationFact


def wanted_rows(facts: ProvinceFacts, capacities_given: Collection[str] = ()) -> Iterator[Wanted]:
    """The rows, table by table.

    Args:
        facts: what the folder says.
        capacities_given: organisations whose capacity is known here; an assumed one is left out.
    """
    yield from _ground(facts)
    yield from _parties(facts, capacities_given)
    yield from _consultations(facts)


def _ground(facts: ProvinceFacts) -> Iterator[Wanted]:
    yield Wanted(
        table=Place,
        rows=[
            Place(
                id=fact.id,
                name=fact.name,
                address=fact.address,
                lat=fact.lat,
                lon=fact.lon,
                source=fact.source,
                confidence=fact.confidence,
            )
            for fact in facts.places
        ],
    )
    yield Wanted(table=Province, rows=[_province(facts)])
    yield Wanted(
        table=Region,
        rows=[
            Region(
                id=fact.id,
                province_id=facts.province.id,
                name=fact.name,
                # A region's share in the seats at province level is its share of the dwellings.
                weight=max(1, facts.dwellings_of_region(fact.id)),
                source=fact.source,
                confidence=fact.confidence,
            )
            for fact in facts.regions
        ],
    )
    yield Wanted(table=Municipality, rows=[_municipality(fact) for fact in facts.municipalities])
    yield Wanted(
        table=TravelTime,
        key=("from_id", "to_id"),
        only=True,
        rows=[
            TravelTime(from_id=fact.from_place, to_id=fact.to_place, minutes=fact.minutes)
            for fact in facts.travel
        ],
    )


def _province(facts: ProvinceFacts) -> Province:
    fact = facts.province
    return Province(
        id=fact.id,
        name=fact.name,
        timezone=fact.timezone.key,
        detour=fact.detour,
        speed_kmh=fact.speed_kmh,
        overhead_minutes=fact.overhead_minutes,
        default_dwellings=fact.default_dwellings,
        place_id=fact.place,
    )


def _municipality(fact: MunicipalityFact) -> Municipality:
    return Municipality(
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


def _parties(facts: ProvinceFacts, capacities_given: Collection[str]) -> Iterator[Wanted]:
    yield Wanted(
        table=Corporation,
        rows=[
            Corporation(
                id=fact.id,
                name=fact.name,
                place_id=fact.place,
                source=fact.source,
                confidence=fact.confidence,
            )
            for fact in facts.corporations
        ],
    )
    yield Wanted(
        table=Organisation,
        rows=[
            _organisation(fact, capacity_given=fact.id in capacities_given)
            for fact in facts.organisations
        ],
    )
    yield Wanted(
        table=Dwellings,
        key=("corporation_id", "municipality_id", "organisation_id"),
        only=True,
        rows=[
            Dwellings(
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
            for fact in facts.dwellings
        ],
    )


def _organisation(fact: OrganisationFact, *, capacity_given: bool) -> Organisation:
    assumed = fact.capacity_confidence is Confidence.ASSUMPTION
    capacity: dict[str, Any] = {
        "capacity_minutes_per_year": 60 * fact.capacity_hours_per_year,
        "capacity_is_sample": assumed,
        "capacity_source": fact.capacity_source,
    }
    return Organisation(
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


def _consultations(facts: ProvinceFacts) -> Iterator[Wanted]:
    yield Wanted(table=TableKind, rows=[_kind(fact) for fact in facts.kinds])
    kinds = {kind.id: kind for kind in facts.kinds}
    yield Wanted(
        table=Table,
        rows=[
            Table(
                id=fact.id,
                name=fact.name,
                kind_id=fact.kind,
                level=kinds[fact.kind].level,
                character=kinds[fact.kind].character,
                municipality_id=fact.municipality,
                corporation_id=fact.corporation,
                organisation_id=fact.organisation,
                source=kinds[fact.kind].source,
                confidence=kinds[fact.kind].confidence,
            )
            for fact in facts.tables
        ],
    )


def _kind(fact: Kind) -> TableKind:
    plain = {name: getattr(fact, name) for name in _SAME}
    return TableKind(
        topics=list(fact.topics),
        expertise=list(fact.expertise),
        seasons=[str(season) for season in fact.seasons],
        **plain,
    )


_SAME = tuple(
    name for name in TableKind.model_fields if name not in {"topics", "expertise", "seasons"}
)
"""The facts that are columns of a kind under the same name."""
