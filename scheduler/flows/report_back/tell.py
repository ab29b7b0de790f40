"""Telling who is told: mail to those who were spoken for, and to those who follow the table."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.db import published, reports
from scheduler.db.mail_addresses import reachable
from scheduler.db.report_views import ReportView
from scheduler.db.tables import MailAddress, Meeting, Outgoing, Representative, TableFollow
from scheduler.db.views import MeetingView
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import MailKind, MailState
from scheduler.flows.report_back.links import reader_at

UID = "report/"
"""What the outbox calls it, before the meeting."""


def tell_readers(session: Session, actor: Actor, report: ReportView, *, at: datetime) -> int:
    """Mail a report, or its correction, to its readers; gives how many mails.

    An organisation's board is told. Where no board member has an address, its representatives are
    who weren't there themselves. The body at whose table it was is never mailed.

    Raises:
        NotFound: the report isn't the actor's to read.
    """
    meeting = reports.report_of(session, actor, report.meeting_id).meeting
    addresses = reachable(session)
    whole = {row.id: row for row in _told_whole(session, meeting, addresses)}
    followers = _followers(session, report.meeting_id)
    short = [row for row in addresses if row.id not in whole and _reader(row) in followers]
    rows = [outgoing(row, MailKind.REPORT, report, at) for row in whole.values()]
    rows += [outgoing(row, MailKind.REPORT_SHORT, report, at) for row in short]
    session.add_all(rows)
    session.flush()
    return len(rows)


def outgoing(address: MailAddress, kind: MailKind, report: ReportView, at: datetime) -> Outgoing:
    """A row of the outbox; the meeting stands in its name, as this mail is no invitation to it."""
    return Outgoing(
        uid=f"{UID}{report.meeting_id}",
        sequence=report.version,
        kind=kind,
        recipient_id=address.id,
        state=MailState.WAITING,
        created_at=at,
        released_at=at,
        not_before=at,
    )


def board_or_people(
    session: Session,
    organisation_id: str,
    addresses: Iterable[MailAddress],
    *,
    but: frozenset[str] = frozenset(),
) -> list[MailAddress]:
    """Where an organisation is reached: its board, or without one its people, `but` for some."""
    addresses = list(addresses)
    board = [row for row in addresses if row.organisation_id == organisation_id]
    if board:
        return board
    people = session.exec(
        select(Representative.id).where(Representative.organisation_id == organisation_id)
    )
    own = set(people) - but
    return [row for row in addresses if row.representative_id in own]


def _told_whole(
    session: Session, meeting: MeetingView, addresses: Iterable[MailAddress]
) -> Iterator[MailAddress]:
    there = frozenset(each.representative_id for each in meeting.attendees)
    for organisation in reports.organisations_told(meeting):
        yield from board_or_people(session, organisation.id, addresses, but=there)


def _followers(session: Session, meeting_id: str) -> set[Actor]:
    query = (
        select(TableFollow)
        .join(Meeting, col(Meeting.table_id) == col(TableFollow.table_id))
        .where(Meeting.id == meeting_id)
    )
    found = {Actor(row.role, row.subject_id) for row in session.exec(query)}
    meeting = published.published_meeting(session, SYSTEM, meeting_id)
    return {each for each in found if not reports.reads_whole(session, each, meeting)}


def _reader(row: MailAddress) -> Actor | None:
    try:
        return reader_at(row)
    except NotFound:
        return None
