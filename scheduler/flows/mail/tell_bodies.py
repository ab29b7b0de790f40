"""Tell those who ask what became of it: an event for their software, a mail with their link."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, func, select, update

from scheduler.db import events
from scheduler.db.events import Happened
from scheduler.db.tables import MailAddress, MeetingRequest, Outgoing
from scheduler.domain.access import body
from scheduler.domain.terms import EventKind, MailKind, MailState
from scheduler.flows.publishing.facts import Facts
from scheduler.flows.requests.requesting import Asker

_MAILED = {
    EventKind.REQUEST_RECEIVED,
    EventKind.REQUEST_PLANNED,
    EventKind.REQUEST_PROPOSED,
    EventKind.REQUEST_DECLINED,
}
"""What who sent a request is mailed about; that it is confirmed comes as an invitation."""


def tell_of_request(
    session: Session, row: MeetingRequest, kind: EventKind, *, at: datetime
) -> None:
    """Note what happened to a request, in the same commit; a mail waits in the outbox."""
    session.flush()
    happened = Happened(
        kind=kind,
        owner=Asker.of(row).body,
        request_id=row.id,
        meeting_id=row.meeting_id,
        state=row.state,
    )
    events.note(session, happened, at=at)
    if kind in _MAILED:
        queue_news(session, row, at=at)


def queue_news(session: Session, row: MeetingRequest, *, at: datetime) -> None:
    """Put a mail about how the request stands into the outbox, for whoever sent it.

    The letter is written when it goes, so one that still waits would say the same twice.
    """
    query = select(MailAddress.id).where(
        MailAddress.request_id == row.id, col(MailAddress.stopped_at).is_(None)
    )
    uid = f"request/{row.id}"
    for recipient in session.exec(query).all():
        ours = (col(Outgoing.uid) == uid, col(Outgoing.recipient_id) == recipient)
        session.exec(
            update(Outgoing)
            .where(*ours, col(Outgoing.state) == MailState.WAITING, col(Outgoing.attempts) == 0)
            .values(state=MailState.WITHDRAWN, message=None)
        )
        number = session.exec(select(func.count()).select_from(Outgoing).where(*ours)).one()
        session.add(
            Outgoing(
                uid=uid,
                sequence=number,
                kind=MailKind.FOLLOW,
                recipient_id=recipient,
                meeting_id=None,
                state=MailState.WAITING,
                created_at=at,
                released_at=at,
                not_before=at,
            )
        )
    session.flush()


def tell_of_meetings(session: Session, meetings: Iterable[Facts], *, at: datetime) -> None:
    """Note which meetings a publication changed, each for the body at whose table it is."""
    for facts in meetings:
        happened = Happened(
            kind=EventKind.MEETING_CHANGED,
            owner=body(facts.level, facts.municipality_id, facts.corporation_id),
            meeting_id=facts.meeting_id,
        )
        events.note(session, happened, at=at)
