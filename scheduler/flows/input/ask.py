"""Ask every organisation concerned for its input by mail, and remind, once, who said nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from scheduler.db import agenda, published
from scheduler.db.input import Asked, asked_at_meetings, said_something
from scheduler.db.mail_addresses import reachable
from scheduler.db.tables import MailAddress, MeetingRequest, Outgoing
from scheduler.db.views import MeetingFilter, MeetingView
from scheduler.domain.access import Actor
from scheduler.domain.terms import MailKind, MailState, MeetingState
from scheduler.domain.times import local
from scheduler.flows.agenda.items import TypedItem, add_item
from scheduler.flows.input.deadlines import question_row
from scheduler.settings import Input

UID = "input/"
"""What the outbox calls these mails, before the meeting's identifier."""

QUESTION, REMINDER = 0, 1
"""The first mail about a meeting's input, and the one that reminds."""

_LEAST_BETWEEN = timedelta(days=2)
"""Who was asked only just isn't reminded on top of it."""


@dataclass(frozen=True, slots=True)
class Asking:
    """When organisations are asked; `default_days` is for tables without days of their own."""

    when: Input
    default_days: int


def queue_input_mail(session: Session, actor: Actor, asking: Asking, *, at: datetime) -> int:
    """Put into the outbox what is due by now; gives how many mails.

    A meeting is asked about once it has an agenda; the question of the request that it came from
    makes the first item where there is none. Each board member is mailed once, and reminded once
    where the organisation has said nothing by then. Of what has begun, or whose last day has
    passed, nothing goes out any more.
    """
    actor.must_plan_for_all()
    today = local(at).date()
    meetings = _ahead(session, actor, today, at)
    asked = asked_at_meetings(session, actor, meetings, asking.default_days)
    members = _members(session)
    added = 0
    for meeting in meetings:
        about = _About(meeting, asked[meeting.id], asking) if meeting.id in asked else None
        if about and about.is_due(today) and _has_agenda(session, actor, meeting, at):
            rows = list(_due(session, _silent(session, actor, meeting, members), about, at))
            session.add_all(rows)
            question = question_row(session, meeting.id)
            question.asked_at = question.asked_at or at
            session.flush()
            added += len(rows)
    return added


def _ahead(session: Session, actor: Actor, today: date, at: datetime) -> tuple[MeetingView, ...]:
    return tuple(
        each
        for each in published.published_meetings(session, actor, MeetingFilter(first_day=today))
        if each.state is MeetingState.PLANNED and each.starts_at > at
    )


def _has_agenda(session: Session, actor: Actor, meeting: MeetingView, at: datetime) -> bool:
    if agenda.agenda_of(session, actor, meeting.id):
        return True
    asked = session.exec(
        select(MeetingRequest.question).where(MeetingRequest.meeting_id == meeting.id)
    ).first()
    if not asked or agenda.removed_items(session, actor, meeting.id):
        return False
    item = TypedItem(title=meeting.title, question=asked)
    add_item(session, actor, meeting.id, item, at=at)
    return True


def _members(session: Session) -> dict[str, list[MailAddress]]:
    found: dict[str, list[MailAddress]] = {}
    for row in reachable(session):
        if row.organisation_id is not None:
            found.setdefault(row.organisation_id, []).append(row)
    return found


def _silent(
    session: Session, actor: Actor, meeting: MeetingView, members: dict[str, list[MailAddress]]
) -> Iterator[MailAddress]:
    """The board members of the organisations that said nothing so far."""
    said = said_something(session, actor, meeting.id)
    for voice in meeting.voices:
        if voice.organisation.id not in said and not voice.leaves_alone:
            yield from members.get(voice.organisation.id, ())


def _due(
    session: Session, silent: Iterable[MailAddress], about: "_About", at: datetime
) -> Iterator[Outgoing]:
    """A first question to who wasn't asked yet, a reminder to who was."""
    known = _known(session, about.meeting.id)
    for address in silent:
        sent_at = known.get((address.id, QUESTION))
        if sent_at is None:
            yield _row(about.meeting, address, QUESTION, at)
        elif (address.id, REMINDER) not in known and about.reminds(sent_at, at):
            yield _row(about.meeting, address, REMINDER, at)


@dataclass(frozen=True, slots=True)
class _About:
    """A meeting, the question about it, and when is asked."""

    meeting: MeetingView
    question: Asked
    asking: Asking

    def is_due(self, today: date) -> bool:
        first = self.question.last_day - timedelta(days=self.asking.when.ask_days)
        return first <= today <= self.question.last_day

    def reminds(self, sent_at: datetime, at: datetime) -> bool:
        days = self.asking.when.remind_days
        due = self.question.last_day - timedelta(days=days) <= local(at).date()
        return days > 0 and due and sent_at <= at - _LEAST_BETWEEN


def _known(session: Session, meeting_id: str) -> dict[tuple[str, int], datetime]:
    query = select(Outgoing).where(
        Outgoing.uid == f"{UID}{meeting_id}", col(Outgoing.kind) == MailKind.INPUT
    )
    rows: Iterable[Outgoing] = session.exec(query)
    return {(row.recipient_id, row.sequence): row.created_at for row in rows}


def _row(meeting: MeetingView, address: MailAddress, sequence: int, at: datetime) -> Outgoing:
    return Outgoing(
        uid=f"{UID}{meeting.id}",
        sequence=sequence,
        kind=MailKind.INPUT,
        recipient_id=address.id,
        meeting_id=meeting.id,
        subject=meeting.title,
        state=MailState.WAITING,
        created_at=at,
        released_at=at,
        not_before=at,
    )
