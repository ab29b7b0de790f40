"""The link by which one board member acts on one mandate, without signing in."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from scheduler.db import mandates as known
from scheduler.db.mandates import MandateView
from scheduler.db.tables import MailAddress
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound, SpentLink
from scheduler.domain.links import Links, Purpose
from scheduler.domain.terms import Role
from scheduler.flows.mandates.hand import Hand, hand_of


@dataclass(frozen=True, slots=True)
class Mailed:
    """Whose hand holds a link, and the mandate that it is about."""

    hand: Hand
    mandate: MandateView


def mandate_link(links: Links, base_url: str, mandate_id: str, member_id: str) -> str:
    """The address at which one board member says yes or no."""
    return f"{base_url}/mandaat/{links.token(Purpose.MANDATE, mandate_id, member_id)}"


def open_mandate_link(session: Session, links: Links, token: str, *, at: datetime) -> Mailed:
    """Who may act by this link, and on what; looking changes nothing.

    Raises:
        SpentLink: it isn't ours, the member's address is used no more, or the mandate's days are
            over.
    """
    mandate_id, member_id = links.read(Purpose.MANDATE, token)
    row = session.get(MailAddress, member_id)
    if row is None or row.organisation_id is None or row.stopped_at is not None:
        raise SpentLink
    hand = hand_of(session, Actor(Role.BOARD, row.organisation_id), at=at, member_id=member_id)
    try:
        view = known.mandate(session, hand.actor, mandate_id)
    except NotFound as error:
        raise SpentLink from error
    if view.term.last_day < hand.today:
        raise SpentLink
    return Mailed(hand, view)
