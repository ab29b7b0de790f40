"""Signed links about report-backs: to write one, and to read one and react."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from scheduler.db import mail_addresses
from scheduler.db.tables import MailAddress
from scheduler.db.views import MeetingView
from scheduler.domain.access import Actor
from scheduler.domain.errors import AanTafelError, NotFound, SpentLink
from scheduler.domain.links import Links, Purpose
from scheduler.domain.terms import Role
from scheduler.flows.report_back.write import to_report

_OPEN = timedelta(days=120)
"""How long after the meeting its report can be written or corrected from the mail."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who may write, and about which meeting."""

    actor: Actor
    meeting: MeetingView


def writing_link(links: Links, base_url: str, person: str, meeting_id: str) -> str:
    """The address at which one person tells of one meeting, without signing in."""
    return f"{base_url}/verslag/{links.token(Purpose.REPORT, person, meeting_id)}"


def open_writing_link(session: Session, links: Links, token: str, *, at: datetime) -> Writer:
    """Who may tell by this link, and of what; looking changes nothing.

    Raises:
        SpentLink: it isn't ours, its owner wasn't there after all, or it is too long ago.
    """
    person, meeting_id = links.read(Purpose.REPORT, token)
    actor = Actor(Role.REPRESENTATIVE, person)
    try:
        meeting = to_report(session, actor, meeting_id, at=at)
    except AanTafelError as error:
        raise SpentLink from error
    if meeting.ends_at + _OPEN <= at:
        raise SpentLink
    return Writer(actor, meeting)


def reading_link(links: Links, base_url: str, address_id: str, meeting_id: str) -> str:
    """The address at which one reader reads one report and reacts, without signing in."""
    token = links.token(Purpose.READ_REPORT, address_id, meeting_id)
    return f"{base_url}/teruggekoppeld/{token}"


def open_reading_link(session: Session, links: Links, token: str) -> tuple[Actor, str]:
    """Whose link it is, and about which meeting; what they may read is judged as for anybody.

    Raises:
        SpentLink: it isn't ours, or its reader isn't mailed at that address any more.
    """
    address_id, meeting_id = links.read(Purpose.READ_REPORT, token)
    row = session.get(MailAddress, address_id)
    if row is None or row.stopped_at is not None:
        raise SpentLink
    return reader_at(row), meeting_id


def reader_at(row: MailAddress) -> Actor:
    """Who reads what goes to this address: a board, or a representative.

    Raises:
        NotFound: it is somebody else's.
    """
    if row.representative_id is not None:
        return Actor(Role.REPRESENTATIVE, row.representative_id)
    found = mail_addresses.contact_of(row)
    if found is None or found.role is not Role.BOARD:
        raise NotFound("bestuur")
    return found
