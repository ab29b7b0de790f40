"""A province's facts as rows, in the order in which they refer to each other."""

from collections.abc import Collection, Iterator

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
from scheduler.flows.province import fact_rows
from scheduler.flows.province.upkeep import Wanted
from scheduler.provinces import ProvinceFacts


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
    yield Wanted(table=Place, rows=[fact_rows.place(fact) for fact in facts.places])
    yield Wanted(table=Province, rows=[fact_rows.province(facts.province)])
    yield Wanted(table=Region, rows=[fact_rows.region(fact, facts) for fact in facts.regions])
    yield Wanted(
        table=Municipality, rows=[fact_rows.municipality(fact) for fact in facts.municipalities]
    )
    yield Wanted(
        table=TravelTime,
        key=("from_id", "to_id"),
        only=True,
        rows=[fact_rows.trip(fact) for fact in facts.travel],
    )


def _parties(facts: ProvinceFacts, capacities_given: Collection[str]) -> Iterator[Wanted]:
    yield Wanted(
        table=Corporation, rows=[fact_rows.corporation(fact) for fact in facts.corporations]
    )
    yield Wanted(
        table=Organisation,
        rows=[
            fact_rows.organisation(fact, capacity_given=fact.id in capacities_given)
            for fact in facts.organisations
        ],
    )
    yield Wanted(
        table=Dwellings,
        key=("corporation_id", "municipality_id", "organisation_id"),
        only=True,
        rows=[fact_rows.dwellings(fact) for fact in facts.dwellings],
    )


def _consultations(facts: ProvinceFacts) -> Iterator[Wanted]:
    kinds = {kind.id: kind for kind in facts.kinds}
    yield Wanted(table=TableKind, rows=[fact_rows.kind(fact) for fact in facts.kinds])
    yield Wanted(
        table=Table, rows=[fact_rows.table(fact, kinds[fact.kind]) for fact in facts.tables]
    )
