from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from scheduler.db import people, schema
from scheduler.db.audits import recent
from scheduler.db.tables import (
    Corporation,
    Dwellings,
    Municipality,
    Organisation,
    Place,
    Province,
    Region,
    Row,
    Table,
    TableKind,
    TravelTime,
)
from scheduler.domain.access import COORDINATOR, SYSTEM, Actor
from scheduler.domain.errors import BadInput, NotAllowed
from scheduler.domain.terms import Confidence, DayPart, Level, Role
from scheduler.flows.province.load_province import load_province
from scheduler.flows.province.upkeep import Counts
from scheduler.provinces import ProvinceFacts, Travel

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 25, 9, tzinfo=UTC)
TABLES = (
    Province,
    Region,
    Place,
    Municipality,
    Corporation,
    Organisation,
    Dwellings,
    TableKind,
    Table,
    TravelTime,
)


def dump(session: Session) -> dict[str, list[dict[str, Any]]]:
    return {
        table.__name__: sorted((row.model_dump() for row in rows(session, table)), key=str)
        for table in TABLES
    }


def rows(session: Session, table: type[Row]) -> Iterator[Row]:
    yield from session.exec(select(table))


def test_the_tables_are_what_the_migration_makes(session: Session) -> None:
    assert schema.differences(session.get_bind()) == []


def test_the_province_comes_into_the_rows(session: Session, drenthe: ProvinceFacts) -> None:
    counts = load_province(session, SYSTEM, drenthe, at=AT)
    found = {name: len(each) for name, each in dump(session).items()}
    assert found == {
        "Province": 1,
        "Region": 3,
        "Place": 14,
        "Municipality": 12,
        "Corporation": 8,
        "Organisation": 12,
        "Dwellings": 25,
        "TableKind": 16,
        "Table": 115,
        "TravelTime": 0,
    }
    assert counts == Counts(added=206)


def test_loading_again_changes_nothing_and_is_not_logged(
    session: Session, drenthe: ProvinceFacts
) -> None:
    load_province(session, SYSTEM, drenthe, at=AT)
    before = dump(session)
    assert load_province(session, SYSTEM, drenthe, at=LATER) == Counts()
    assert dump(session) == before
    assert [audit.detail for audit in recent(session, COORDINATOR)] == [
        "206 added, 0 updated, 0 removed"
    ]


def test_a_changed_fact_changes_its_row(session: Session, drenthe: ProvinceFacts) -> None:
    load_province(session, SYSTEM, drenthe, at=AT)
    first, *others = drenthe.dwellings
    newer = replace(first, number=8000, year="2026", source="the corporation itself")
    changed = replace(drenthe, dwellings=(newer, *others))
    counts = load_province(session, SYSTEM, changed, at=LATER)
    # The region's weight is its dwellings, so it follows.
    assert counts == Counts(updated=2)
    view = people.dwellings_in(session, first.municipality)[0]
    assert (view.number, view.year, view.source) == (8000, "2026", "the corporation itself")
    assert session.get_one(Region, "noord").weight == 9893 + 8000 - 7543


def test_dwellings_and_trips_that_are_no_longer_named_go(
    session: Session, drenthe: ProvinceFacts
) -> None:
    trip = Travel(
        from_place="assen",
        to_place="emmen",
        minutes=35,
        source="measured",
        confidence=Confidence.SOURCED,
    )
    load_province(session, SYSTEM, replace(drenthe, travel=(trip,)), at=AT)
    assert session.get_one(TravelTime, ("assen", "emmen")).minutes == 35
    fewer = replace(drenthe, dwellings=drenthe.dwellings[:-1])
    counts = load_province(session, SYSTEM, fewer, at=LATER)
    assert (counts.added, counts.removed) == (0, 2)


def test_a_table_that_is_no_longer_named_stays(session: Session, drenthe: ProvinceFacts) -> None:
    load_province(session, SYSTEM, drenthe, at=AT)
    fewer = replace(drenthe, tables=drenthe.tables[1:])
    assert load_province(session, SYSTEM, fewer, at=LATER) == Counts()
    assert session.get(Table, drenthe.tables[0].id) is not None


def test_an_assumed_capacity_never_replaces_a_given_one(
    session: Session, drenthe: ProvinceFacts
) -> None:
    load_province(session, SYSTEM, drenthe, at=AT)
    mevm = session.get_one(Organisation, "mevm")
    assert (mevm.capacity_minutes_per_year, mevm.capacity_is_sample) == (300 * 60, True)
    mevm.capacity_minutes_per_year, mevm.capacity_is_sample = 6000, False
    assert load_province(session, SYSTEM, drenthe, at=LATER) == Counts()
    assert (mevm.capacity_minutes_per_year, mevm.capacity_is_sample) == (6000, False)


def test_a_sourced_capacity_replaces_a_given_one(session: Session, drenthe: ProvinceFacts) -> None:
    load_province(session, SYSTEM, drenthe, at=AT)
    session.get_one(Organisation, "mevm").capacity_is_sample = False
    sourced = tuple(
        replace(each, capacity_hours_per_year=10, capacity_confidence=Confidence.SOURCED)
        for each in drenthe.organisations
    )
    load_province(session, SYSTEM, replace(drenthe, organisations=sourced), at=LATER)
    assert session.get_one(Organisation, "mevm").capacity_minutes_per_year == 600


def test_a_second_province_is_refused(session: Session, drenthe: ProvinceFacts) -> None:
    load_province(session, SYSTEM, drenthe, at=AT)
    other = replace(drenthe, province=replace(drenthe.province, id="fryslan"))
    with pytest.raises(BadInput, match="another province already: Drenthe"):
        load_province(session, SYSTEM, other, at=LATER)


def test_only_who_plans_for_all_loads_a_province(session: Session, drenthe: ProvinceFacts) -> None:
    with pytest.raises(NotAllowed):
        load_province(session, Actor(Role.MUNICIPALITY, "GM0106"), drenthe, at=AT)


@pytest.mark.parametrize(
    ("table", "identifier", "field", "allowed", "forbidden"),
    [
        (Province, "drenthe", "detour", 1.0, 0),
        (Province, "drenthe", "default_dwellings", 1, 0),
        (Province, "drenthe", "place_id", "emmen", "utrecht"),
        (Region, "noord", "weight", 1, 0),
        (Place, "assen", "lat", 90, 91),
        (Place, "assen", "lon", -180, -181),
        (Dwellings, 1, "number", 0, -1),
        (Dwellings, 1, "source", "somebody", ""),
        (Organisation, "mevm", "capacity_minutes_per_year", 1, 0),
        (Table, "bod-actium-mevm", "kind_id", None, "borrel"),
        (Table, "bod-actium-mevm", "organisation_id", None, "nobody"),
        (Table, "bod-actium-mevm", "corporation_id", "lefier", None),
        (Table, "prestatie-assen", "municipality_id", "GM0109", None),
        (TableKind, "bod", "meetings_per_year", 0, -1),
        (TableKind, "bod", "seats_min", 2, 3),
        (TableKind, "bod", "report_minutes", 0, -1),
        (TableKind, "bod", "duration_minutes", 1, 0),
        (TableKind, "bod", "day_part", DayPart.EVENING, None),
        (TableKind, "bod", "level", Level.PROVINCE, None),
    ],
)
def test_the_database_holds_what_the_tables_promise(
    loaded: Session,
    *,
    table: type[Row],
    identifier: object,
    field: str,
    allowed: object,
    forbidden: object,
) -> None:
    row = loaded.get_one(table, identifier)
    setattr(row, field, allowed)
    loaded.flush()
    setattr(row, field, forbidden)
    with pytest.raises(IntegrityError):
        loaded.flush()
    loaded.rollback()


def test_an_organisation_sits_once_at_a_corporation_in_a_municipality(loaded: Session) -> None:
    party = {"corporation_id": "actium", "organisation_id": "mevm", "confidence": "unknown"}
    loaded.add(Dwellings(municipality_id="GM0114", **party))
    loaded.flush()
    loaded.add(Dwellings(municipality_id="GM0106", **party))
    with pytest.raises(IntegrityError):
        loaded.flush()
    loaded.rollback()
