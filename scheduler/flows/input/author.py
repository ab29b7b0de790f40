"""Who of an organisation prepares or gives its input, signed in or by a mailed link."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from scheduler.db import people, published
from scheduler.db.tables import MailAddress
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound, SpentLink
from scheduler.domain.links import Links, Purpose
from scheduler.domain.terms import Role

_BOARD = "board"


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A member of an organisation.

    `key` tells one from another: a mail address's or a representative's identifier, or `board` for
    who signed in for the board as such. `name` is how colleagues know this one.
    """

    actor: Actor
    organisation_id: str
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class InputLink:
    """Who holds a mailed link, and the meeting that it is about."""

    author: Author
    meeting_id: str


def author_of(session: Session, actor: Actor) -> Author:
    """The signed-in member of an organisation; NotFound where it is somebody else."""
    organisation_id = people.organisation_of(session, actor)
    if organisation_id is None:
        raise NotFound("inbreng")
    if actor.role is Role.REPRESENTATIVE and actor.subject:
        name = people.representative(session, actor, actor.subject).label
        return Author(actor=actor, organisation_id=organisation_id, key=actor.subject, name=name)
    return Author(actor=actor, organisation_id=organisation_id, key=_BOARD, name="bestuur")


def input_link(links: Links, base_url: str, address_id: str, meeting_id: str) -> str:
    """The address at which one board member gives input about one meeting, without signing in."""
    return f"{base_url}/inbreng/{links.token(Purpose.INPUT, address_id, meeting_id)}"


def open_input_link(session: Session, links: Links, token: str, *, at: datetime) -> InputLink:
    """Whose link it is, and about which meeting; looking changes nothing.

    Raises:
        SpentLink: it isn't ours, its holder is no board member any more, or the meeting is over.
    """
    address_id, meeting_id = links.read(Purpose.INPUT, token)
    row = session.get(MailAddress, address_id)
    if row is None or row.organisation_id is None or row.stopped_at is not None:
        raise SpentLink
    actor = Actor(Role.BOARD, row.organisation_id)
    try:
        meeting = published.published_meeting(session, actor, meeting_id)
    except NotFound as error:
        raise SpentLink from error
    if meeting.ends_at <= at:
        raise SpentLink
    author = Author(actor=actor, organisation_id=row.organisation_id, key=row.id, name=row.function)
    return InputLink(author, meeting_id)
