"""Regions, places and ways between them."""

from sqlmodel import Session, select

from scheduler.db import people, tables
from solver.problem import Place, Region, Travel


def regions(session: Session) -> dict[str, Region]:
    """The province's regions, with their share in its meetings."""
    rows = session.exec(select(tables.Region).order_by(tables.Region.id))
    return {row.id: Region(id=row.id, name=row.name, weight=row.weight) for row in rows}


def places(session: Session) -> dict[str, Place]:
    """Everywhere that somebody lives or meets."""
    rows = session.exec(select(tables.Place).order_by(tables.Place.id))
    return {row.id: Place(id=row.id, name=row.name, lat=row.lat, lon=row.lon) for row in rows}


def travel(session: Session) -> Travel:
    """Measured ways, and the province's assumptions for the others."""
    assumed = people.the_province(session)
    query = select(tables.TravelTime).order_by(tables.TravelTime.from_id, tables.TravelTime.to_id)
    return Travel(
        detour=assumed.detour,
        speed_kmh=assumed.speed_kmh,
        overhead_minutes=assumed.overhead_minutes,
        minutes={(row.from_id, row.to_id): row.minutes for row in session.exec(query)},
    )
