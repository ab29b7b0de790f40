"""Bodies that ask, as forms and addresses name them: `municipality:GM0114`, `province`."""

from sqlmodel import Session

from scheduler.db import people
from scheduler.db.views import Named
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import Role


def bodies(session: Session) -> tuple[Named, ...]:
    """Every body that can ask: the municipalities, the corporations, the province; by name."""
    towns, landlords = people.municipalities(session), people.corporations(session)
    province = people.province_name(session)
    return (
        *(Named(f"{Role.MUNICIPALITY}:{each.id}", each.name) for each in towns),
        *(Named(f"{Role.CORPORATION}:{each.id}", each.name) for each in landlords),
        *((Named(Role.PROVINCE, province),) if province else ()),
    )


def boards(session: Session) -> tuple[Named, ...]:
    """The boards of the tenant organisations, by name."""
    return tuple(
        Named(f"{Role.BOARD}:{each.id}", each.name) for each in people.organisations(session)
    )


def body_named(session: Session, text: str) -> Actor:
    """The body or board of that name; NotFound where there is none."""
    if all(text != each.id for each in (*bodies(session), *boards(session))):
        raise NotFound("organisatie")
    role, _, subject = text.partition(":")
    return Actor(Role(role), subject or None)


def name_of(body: Actor) -> str:
    """How a body is named on forms and in addresses."""
    return f"{body.role}:{body.subject}" if body.subject else str(body.role)


def title_of(session: Session, body: Actor) -> str:
    """A body's name, for people; empty where it isn't there."""
    return next((each.name for each in bodies(session) if each.id == name_of(body)), "")
