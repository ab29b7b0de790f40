"""Who may be mailed where. Addresses stay sealed here; only flows that need one open it."""

from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from scheduler.db.tables import Corporation, MailAddress, Municipality, Organisation, Province
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import Role


def reachable(session: Session) -> Sequence[MailAddress]:
    """The addresses in use: confirmed and not stopped, in a steady order."""
    query = (
        select(MailAddress)
        .where(col(MailAddress.confirmed_at).is_not(None), col(MailAddress.stopped_at).is_(None))
        .order_by(MailAddress.id)
    )
    return session.exec(query).all()


def by_fingerprint(session: Session, fingerprint: str) -> Sequence[MailAddress]:
    """Every row with this address that was ever confirmed, those in use first."""
    query = (
        select(MailAddress)
        .where(MailAddress.fingerprint == fingerprint, col(MailAddress.confirmed_at).is_not(None))
        .order_by(col(MailAddress.stopped_at).is_not(None), MailAddress.id)
    )
    return session.exec(query).all()


def of_representative(
    session: Session, actor: Actor, representative_id: str
) -> Sequence[MailAddress]:
    """A representative's addresses that aren't stopped: at most one confirmed and one asked for.

    Raises:
        NotFound: it is somebody else's.
    """
    if actor != Actor(Role.REPRESENTATIVE, representative_id) and not actor.plans_for_all:
        raise NotFound("afgevaardigde", representative_id)
    query = (
        select(MailAddress)
        .where(
            MailAddress.representative_id == representative_id,
            col(MailAddress.stopped_at).is_(None),
        )
        .order_by(col(MailAddress.confirmed_at).is_(None), MailAddress.id)
    )
    return session.exec(query).all()


def reaches_board(session: Session, actor: Actor, organisation_id: str) -> bool:
    """Whether a board can be mailed; NotFound where it isn't the actor's to know."""
    if actor != Actor(Role.BOARD, organisation_id) and not actor.sees_all:
        raise NotFound("huurdersorganisatie", organisation_id)
    return any(row.organisation_id == organisation_id for row in reachable(session))


def contact_of(row: MailAddress) -> Actor | None:
    """The body or board for which this person can sign in; None for anybody else's address."""
    if row.organisation_id is not None:
        return Actor(Role.BOARD, row.organisation_id)
    if row.municipality_id is not None:
        return Actor(Role.MUNICIPALITY, row.municipality_id)
    if row.corporation_id is not None:
        return Actor(Role.CORPORATION, row.corporation_id)
    return Actor(Role.PROVINCE) if row.province_id is not None else None


def contacts(session: Session, actor: Actor) -> tuple[tuple[MailAddress, str], ...]:
    """Contact persons and board members in use, with whose they are, for who sees all."""
    actor.must_see_all()
    name = func.coalesce(Organisation.name, Municipality.name, Corporation.name, Province.name)
    query = (
        select(MailAddress, name)
        .join(Organisation, col(Organisation.id) == col(MailAddress.organisation_id), isouter=True)
        .join(Municipality, col(Municipality.id) == col(MailAddress.municipality_id), isouter=True)
        .join(Corporation, col(Corporation.id) == col(MailAddress.corporation_id), isouter=True)
        .join(Province, col(Province.id) == col(MailAddress.province_id), isouter=True)
        .where(
            col(MailAddress.stopped_at).is_(None),
            col(MailAddress.representative_id).is_(None),
            col(MailAddress.request_id).is_(None),
            col(MailAddress.staff_id).is_(None),
        )
        .order_by(name, MailAddress.function, MailAddress.id)
    )
    return tuple(session.exec(query).all())
