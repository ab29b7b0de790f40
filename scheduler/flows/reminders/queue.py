"""Put into the outbox what people wanted to be reminded of: a row each, and never twice."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from sqlmodel import Session, select

from scheduler.db import answers
from scheduler.db.mail_addresses import reachable
from scheduler.db.published import published_meetings
from scheduler.db.tables import MailAddress, Outgoing, ReminderChoice
from scheduler.db.views import MeetingFilter, MeetingView
from scheduler.domain.access import Actor
from scheduler.domain.terms import Choice, MailKind, MailState, MeetingState, Role
from scheduler.domain.times import AMSTERDAM, local

MORNING = time(8)
"""When reminders go, local."""

AHEAD = timedelta(days=14)
"""How far a weekly mail looks."""


def queue_reminders(session: Session, actor: Actor, *, at: datetime) -> int:
    """Add what is due by now; gives how many mails.

    A reminder goes at eight in the morning, so many days before. Whoever chose it later than that,
    or was told of a change since, isn't reminded of the same once more. The weekly mail goes on
    Monday at eight; after a standstill later in the week, and never for a week that has passed.
    """
    actor.must_plan_for_all()
    addresses = {row.representative_id: row for row in reachable(session)}
    added = 0
    for choice in session.exec(select(ReminderChoice)).all():
        address = addresses.get(choice.representative_id)
        for row in _due(session, choice, address, at) if address else ():
            if not _is_known(session, row):
                session.add(row)
                session.flush()
                added += 1
    return added


def _due(
    session: Session, choice: ReminderChoice, address: MailAddress, at: datetime
) -> Iterator[Outgoing]:
    coming = meetings_ahead(session, choice.representative_id, at=at)
    for meeting in coming if choice.mail_days else ():
        moment = _morning(local(meeting.starts_at) - timedelta(days=choice.mail_days or 0))
        if max(choice.chosen_at, meeting.revised_at) <= moment <= at:
            yield _row(
                f"{REMINDER}{meeting.id}/{meeting.starts_at:%Y%m%dT%H%M}",
                MailKind.REMINDER,
                address,
                at,
                meeting,
            )
    monday = _morning(local(at) - timedelta(days=local(at).weekday()))
    if choice.digest and choice.chosen_at <= monday <= at and _soon(coming, at):
        year, week, _ = local(at).isocalendar()
        uid = f"{DIGEST}{choice.representative_id}/{year}-W{week:02}"
        yield _row(uid, MailKind.DIGEST, address, at)


REMINDER, DIGEST = "reminder/", "digest/"
"""What the outbox calls them, before what they are about."""


def meetings_ahead(
    session: Session, representative_id: str, *, at: datetime
) -> tuple[MeetingView, ...]:
    """What somebody attends from now on, without those they said no to."""
    person = Actor(Role.REPRESENTATIVE, representative_id)
    wanted = MeetingFilter(first_day=local(at).date(), representative=representative_id)
    said = answers.own_answers(session, person, representative_id)
    noes = {name for name, answer in said.items() if answer.choice is Choice.NO}
    return tuple(
        each
        for each in published_meetings(session, person, wanted)
        if each.state is MeetingState.PLANNED
        and each.starts_at > at
        and each.id not in noes
        and any(there.representative_id == representative_id for there in each.attendees)
    )


def _soon(meetings: tuple[MeetingView, ...], at: datetime) -> bool:
    return any(each.starts_at <= at + AHEAD for each in meetings)


def _morning(day: datetime) -> datetime:
    return datetime.combine(day.date(), MORNING, AMSTERDAM)


def _row(
    uid: str,
    kind: MailKind,
    address: MailAddress,
    at: datetime,
    meeting: MeetingView | None = None,
) -> Outgoing:
    return Outgoing(
        uid=uid,
        sequence=0,
        kind=kind,
        recipient_id=address.id,
        meeting_id=meeting.id if meeting else None,
        subject=meeting.title if meeting else "",
        state=MailState.WAITING,
        created_at=at,
        released_at=at,
        not_before=at,
    )


def _is_known(session: Session, row: Outgoing) -> bool:
    query = select(Outgoing.id).where(
        Outgoing.uid == row.uid,
        Outgoing.kind == row.kind,
        Outgoing.recipient_id == row.recipient_id,
    )
    return session.exec(query).first() is not None
