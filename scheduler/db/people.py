"""Organisations, representatives and who sits where, as far as the asking actor may see them."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, false, or_, true
from sqlmodel import Session, col, exists, select

from scheduler.db.tables import (
    Corporation,
    Dwellings,
    Mandate,
    Meeting,
    Municipality,
    Organisation,
    Place,
    Province,
    Region,
    Representative,
    Table,
)
from scheduler.db.views import DwellingsView, Named, RepresentativeView
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import Level, Role


def the_province(session: Session) -> Province:
    """The province that has been loaded; NotFound before."""
    province = session.exec(select(Province)).first()
    if province is None:
        raise NotFound("provincie")
    return province


def province_name(session: Session) -> str:
    """The province's name, or nothing before one has been loaded."""
    return session.exec(select(Province.name)).first() or ""


def has_samples(session: Session) -> bool:
    """Whether made-up rows are among the province's: pages that show them say so."""
    made_up = or_(
        exists().where(col(Meeting.is_sample)),
        exists().where(col(Representative.is_sample)),
        exists().where(col(Mandate.is_sample)),
    )
    return bool(session.exec(select(made_up)).one())


def place(session: Session, identifier: str) -> Named:
    """One place; NotFound where there is none."""
    found = session.get(Place, identifier)
    if found is None:
        raise NotFound("plek", identifier)
    return Named(found.id, found.name)


def regions(session: Session) -> tuple[Named, ...]:
    """The province's regions, by name."""
    return _named(session.exec(select(Region.id, Region.name).order_by(Region.name)))


def municipalities(session: Session) -> tuple[Named, ...]:
    """The province's municipalities, by name."""
    query = select(Municipality.id, Municipality.name).order_by(Municipality.name)
    return _named(session.exec(query))


def municipality(session: Session, code: str) -> Named:
    """One municipality by its CBS code; NotFound where there is none."""
    found = session.get(Municipality, code)
    if found is None:
        raise NotFound("gemeente", code)
    return Named(found.id, found.name)


def place_of(session: Session, code: str) -> str | None:
    """The place that stands for a municipality, by its CBS code; None where there is none."""
    found = session.get(Municipality, code)
    return found.place_id if found else None


def organisations(session: Session) -> tuple[Named, ...]:
    """The tenant organisations, by name."""
    query = select(Organisation.id, Organisation.name).order_by(Organisation.name)
    return _named(session.exec(query))


def organisation(session: Session, identifier: str) -> Named:
    """One tenant organisation; NotFound where there is none."""
    found = session.get(Organisation, identifier)
    if found is None:
        raise NotFound("huurdersorganisatie", identifier)
    return Named(found.id, found.name)


def organisation_of(session: Session, actor: Actor) -> str | None:
    """The tenant organisation that an actor belongs to: a board's, or a representative's."""
    if actor.role is Role.BOARD:
        return actor.subject
    if actor.role is Role.REPRESENTATIVE:
        person = session.get(Representative, actor.subject)
        return person.organisation_id if person else None
    return None


def corporations(session: Session) -> tuple[Named, ...]:
    """The housing corporations, by name."""
    query = select(Corporation.id, Corporation.name).order_by(Corporation.name)
    return _named(session.exec(query))


def corporation(session: Session, identifier: str) -> Named:
    """One corporation; NotFound where there is none."""
    found = session.get(Corporation, identifier)
    if found is None:
        raise NotFound("woningcorporatie", identifier)
    return Named(found.id, found.name)


def tables(session: Session, owner: Actor | None = None) -> tuple[Named, ...]:
    """The tables (overlegtafels), by name; of one body that asks where it is given."""
    query = select(Table.id, Table.name).order_by(Table.name)
    if owner is not None:
        query = query.where(*_at_table_of(owner))
    return _named(session.exec(query))


def table_of(session: Session, actor: Actor, meeting_id: str) -> str | None:
    """At which table a meeting is held, for who sees all; None at none, or for anybody else."""
    found = session.get(Meeting, meeting_id) if actor.sees_all else None
    return found.table_id if found else None


def _at_table_of(owner: Actor) -> tuple[ColumnElement[bool], ...]:
    match owner.role:
        case Role.MUNICIPALITY:
            return (
                col(Table.level) == Level.MUNICIPALITY,
                col(Table.municipality_id) == owner.subject,
            )
        case Role.CORPORATION:
            return (
                col(Table.level) == Level.CORPORATION,
                col(Table.corporation_id) == owner.subject,
            )
        case _:
            return (col(Table.level) == Level.PROVINCE,)


def _named(rows: Iterable[tuple[str, str]]) -> tuple[Named, ...]:
    return tuple(Named(identifier, name) for identifier, name in rows)


def who_is_where(session: Session, actor: Actor) -> tuple[Named, ...]:
    """Every representative with the organisation in one line, for who may see them: to choose from.

    The same people in the same order as `representatives`.
    """
    query = (
        select(Representative.id, Representative.label, Organisation.name)
        .join(Organisation, col(Organisation.id) == col(Representative.organisation_id))
        .order_by(Organisation.name, Representative.id)
    )
    query = query.where(_may_see(actor))
    return tuple(
        Named(identifier, f"{label}, {organisation}")
        for identifier, label, organisation in session.exec(query)
    )


def representatives(session: Session, actor: Actor) -> tuple[RepresentativeView, ...]:
    """All for who sees all, a board's own, only themselves for a representative."""
    query = (
        select(Representative, Organisation, Place)
        .join(Organisation, col(Organisation.id) == col(Representative.organisation_id))
        .join(Place, col(Place.id) == col(Representative.home_id))
        .order_by(Organisation.name, Representative.id)
    )
    query = query.where(_may_see(actor))
    return tuple(
        RepresentativeView(
            id=person.id,
            label=person.label,
            organisation=Named(organisation.id, organisation.name),
            home_name=home.name,
            target_minutes_per_year=person.target_minutes_per_year,
        )
        for person, organisation, home in session.exec(query)
    )


def _may_see(actor: Actor) -> ColumnElement[bool]:
    if actor.sees_all:
        return true()
    match actor.role:
        case Role.REPRESENTATIVE:
            return col(Representative.id) == actor.subject
        case Role.BOARD:
            return col(Representative.organisation_id) == actor.subject
        case _:
            return false()


def representative(session: Session, actor: Actor, identifier: str) -> RepresentativeView:
    """One representative; NotFound where there is none, or it isn't the actor's to see."""
    for person in representatives(session, actor):
        if person.id == identifier:
            return person
    raise NotFound("afgevaardigde", identifier)


def dwellings_in(session: Session, code: str) -> tuple[DwellingsView, ...]:
    """Which organisations sit in a municipality, with how many dwellings, most first."""
    return _dwellings(session, col(Dwellings.municipality_id) == code)


def dwellings_of(session: Session, corporation_id: str) -> tuple[DwellingsView, ...]:
    """Where a corporation's tenants live, and which organisation is theirs, most first."""
    return _dwellings(session, col(Dwellings.corporation_id) == corporation_id)


def _dwellings(session: Session, wanted: ColumnElement[bool]) -> tuple[DwellingsView, ...]:
    default = the_province(session).default_dwellings
    query = (
        select(Dwellings, Organisation, Corporation, Municipality)
        .join(Organisation, col(Organisation.id) == col(Dwellings.organisation_id))
        .join(Corporation, col(Corporation.id) == col(Dwellings.corporation_id))
        .join(Municipality, col(Municipality.id) == col(Dwellings.municipality_id))
        .where(wanted)
    )
    views = [
        DwellingsView(
            organisation=Named(organisation.id, organisation.name),
            corporation=Named(corporation.id, corporation.name),
            municipality=Named(town.id, town.name),
            number=row.number,
            planned_as=default if row.number is None else row.number,
            year=row.year,
            source=row.source,
            confidence=row.confidence,
        )
        for row, organisation, corporation, town in session.exec(query)
    ]
    return tuple(sorted(views, key=lambda view: (-view.planned_as, view.organisation.name)))
