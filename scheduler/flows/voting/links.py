"""The signed link in a board member's mail: one person, one vote, until it is confirmed."""

from dataclasses import dataclass

from sqlmodel import Session

from scheduler.db.tables import MailAddress
from scheduler.db.votes import VoteView, vote_of
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound, SpentLink
from scheduler.domain.links import Links, Purpose
from scheduler.domain.terms import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Voting:
    """Who holds a link, by their function, and the vote that it is about."""

    actor: Actor
    function: str
    vote: VoteView


def vote_link(links: Links, base_url: str, vote_id: str, address_id: str) -> str:
    """The address at which one board member votes, without signing in."""
    return f"{base_url}/stem/{links.token(Purpose.VOTE, vote_id, address_id)}"


def open_vote_link(session: Session, links: Links, token: str) -> Voting:
    """Who may vote by this link, and on what; looking changes nothing.

    Raises:
        SpentLink: it isn't ours, the address isn't used any more, or its organisation sees the
            meeting no more.
    """
    vote_id, address_id = links.read(Purpose.VOTE, token)
    address = session.get(MailAddress, address_id)
    if address is None or address.organisation_id is None or address.stopped_at is not None:
        raise SpentLink
    actor = Actor(Role.BOARD, address.organisation_id)
    try:
        return Voting(actor=actor, function=address.function, vote=vote_of(session, actor, vote_id))
    except NotFound as error:
        raise SpentLink from error
