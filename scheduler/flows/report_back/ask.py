"""Asking who went what was said: after the meeting, before the last day, and the day after it."""

from datetime import datetime, time, timedelta

from sqlmodel import Session, select

from scheduler.db import reports
from scheduler.db.mail_addresses import reachable
from scheduler.db.tables import MailAddress, Outgoing
from scheduler.db.views import MeetingView
from scheduler.domain.access import Actor
from scheduler.domain.terms import MailKind, MailState
from scheduler.domain.times import AMSTERDAM
from scheduler.flows.report_back.due import Terms
from scheduler.flows.report_back.letters import ASK_UID

_MORNING = time(8)


def queue_report_asks(session: Session, actor: Actor, terms: Terms, *, at: datetime) -> int:
    """Add what is due by now, a mail to each who attended; gives how many.

    They are asked when the meeting is over, reminded in the morning some days before the last day,
    and once more on the morning after it. After a standstill only the newest of these goes.
    """
    actor.must_plan_for_all()
    addresses = {row.representative_id: row for row in reachable(session) if row.representative_id}
    added = 0
    since = terms.asked_since(at)
    for meeting in reports.waiting_reports(session, actor, since=since, at=at):
        stage = _stage(meeting, terms, at)
        for each in meeting.attendees:
            address = addresses.get(each.representative_id)
            if address is not None and not _is_asked(session, meeting, address, stage):
                session.add(_row(meeting, address, stage, at))
                added += 1
    session.flush()
    return added


def _stage(meeting: MeetingView, terms: Terms, at: datetime) -> int:
    """How far the asking has come: 0 at first, 1 shortly before the last day, 2 after it."""
    last = terms.last_day(meeting)
    mornings = (last - timedelta(days=terms.remind_days), last + timedelta(days=1))
    return sum(datetime.combine(day, _MORNING, AMSTERDAM) <= at for day in mornings)


def _is_asked(session: Session, meeting: MeetingView, address: MailAddress, stage: int) -> bool:
    query = select(Outgoing.id).where(
        Outgoing.uid == f"{ASK_UID}{meeting.id}",
        Outgoing.kind == MailKind.REPORT_ASK,
        Outgoing.recipient_id == address.id,
        Outgoing.sequence >= stage,
    )
    return session.exec(query).first() is not None


def _row(meeting: MeetingView, address: MailAddress, stage: int, at: datetime) -> Outgoing:
    return Outgoing(
        uid=f"{ASK_UID}{meeting.id}",
        sequence=stage,
        kind=MailKind.REPORT_ASK,
        recipient_id=address.id,
        subject=meeting.title,
        state=MailState.WAITING,
        created_at=at,
        released_at=at,
        not_before=at,
    )
