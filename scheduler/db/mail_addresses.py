"""Who may be mailed where. Addresses stay sealed here; only flows that need one open it."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from scheduler.db.tables import MailAddress, Municipality
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


def contacts(session: Session, actor: Actor) -> Sequence[tuple[MailAddress, Municipality]]:
    """The municipalities' contact persons in use, by municipality, for who plans for all."""
    actor.must_plan_for_all()
    query = (
        select(MailAddress, Municipality)
        .join(Municipality)
        .where(col(MailAddress.stopped_at).is_(None))
        .order_by(Municipality.name, MailAddress.function, MailAddress.id)
    )
    return session.exec(query).all()
