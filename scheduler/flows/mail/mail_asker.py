"""Mail for who sent a request: begun with the address that they typed, written when it goes."""

from datetime import datetime

from sqlmodel import Session, select

from scheduler.db.tables import MailAddress, MeetingRequest
from scheduler.domain.access import SYSTEM
from scheduler.domain.errors import NotFound
from scheduler.flows.mail.address_rows import new_row
from scheduler.flows.mail.queue_invitations import queue_invitations
from scheduler.flows.mail.tell_bodies import queue_news
from scheduler.flows.publishing.coming_meetings import coming_meetings
from scheduler.mail import Office


def mail_asker(session: Session, office: Office, request_id: str, *, at: datetime) -> None:
    """Mail the address that stands on the request from now on, and no earlier one.

    It gets the link to follow the request, and what has to be in its own agenda.

    Raises:
        NotFound: there is no such request.
    """
    row = session.get(MeetingRequest, request_id)
    if row is None:
        raise NotFound("uitnodiging", request_id)
    wanted = office.fingerprint(row.contact) if row.contact else ""
    known = session.exec(select(MailAddress).where(MailAddress.request_id == row.id)).all()
    for address in known:
        stays = address.fingerprint == wanted
        address.stopped_at = None if stays else address.stopped_at or at
    if row.contact and all(address.fingerprint != wanted for address in known):
        address = new_row(office, row.contact, at)
        address.request_id, address.confirmed_at = row.id, at
        session.add(address)
        session.flush()
        queue_news(session, row, at=at)
    _bring_up_to_date(session, row, at)


def _bring_up_to_date(session: Session, row: MeetingRequest, at: datetime) -> None:
    """Who is told about what has been published already: invite the new one, let go the old."""
    session.flush()
    if row.meeting_id is None:
        return
    meetings = [
        each for each in coming_meetings(session, at=at) if each.facts.meeting_id == row.meeting_id
    ]
    queue_invitations(session, SYSTEM, meetings, None, held=False, at=at)
