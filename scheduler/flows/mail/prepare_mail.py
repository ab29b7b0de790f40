"""Make mail ready to go: release what waited, drop what is too late, write out the letters."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from sqlalchemy import exists, update
from sqlmodel import Session, col, select

from calendars.itip import BadLetter
from scheduler.db.tables import MailAddress, Outgoing, PublishedMeeting
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound, NothingToDo
from scheduler.domain.sealing import SealBroken
from scheduler.domain.terms import MailKind, MailState
from scheduler.flows.digest.letter import board_digest_letter
from scheduler.flows.input.letter import input_letter
from scheduler.flows.lending.letter import loan_letter
from scheduler.flows.mail.invitation_letters import invitation_letter
from scheduler.flows.mail.news_letters import news_letter
from scheduler.flows.mandates.choice_letter import choice_letter
from scheduler.flows.mandates.letters import mandate_letter
from scheduler.flows.reminders.letters import digest_letter, reminder_letter
from scheduler.flows.report_back.letters import LETTERS as ABOUT_REPORTS
from scheduler.flows.stand_in.letter import stand_in_letter
from scheduler.flows.voting.letter import vote_letter
from scheduler.mail import Office, Parcel

_MOST_AT_ONCE = 200

Letter = Callable[[Session, Office, Outgoing, MailAddress], Parcel]

_LETTERS: Mapping[MailKind, Letter] = {
    MailKind.REQUEST: invitation_letter,
    MailKind.CANCEL: invitation_letter,
    MailKind.FOLLOW: news_letter,
    MailKind.STAND_IN: stand_in_letter,
    MailKind.REMINDER: reminder_letter,
    MailKind.DIGEST: digest_letter,
    MailKind.INPUT: input_letter,
    MailKind.MANDATE: mandate_letter,
    MailKind.PARTICIPATION: choice_letter,
    MailKind.LOAN: loan_letter,
    MailKind.VOTE: vote_letter,
    MailKind.BOARD_DIGEST: board_digest_letter,
    **ABOUT_REPORTS,
}
"""Who writes which letter; those that carry a secret are written where it is made."""


def prepare_mail(session: Session, actor: Actor, office: Office, *, at: datetime) -> None:
    """Release what waited long enough, drop what is too late, and write out what has no letter."""
    actor.must_plan_for_all()
    _release_overdue(session, office, at)
    _drop_late(session, at)
    for row in _unwritten(session):
        write_out(session, office, row)
    session.flush()


def _release_overdue(session: Session, office: Office, at: datetime) -> None:
    session.exec(
        update(Outgoing)
        .where(col(Outgoing.state) == MailState.HELD, col(Outgoing.created_at) <= at - office.hold)
        .values(state=MailState.WAITING, released_at=at, not_before=at)
    )


def _drop_late(session: Session, at: datetime) -> None:
    """An invitation to what is over helps nobody."""
    over = exists().where(
        col(PublishedMeeting.meeting_id) == col(Outgoing.meeting_id),
        col(PublishedMeeting.revision) == col(Outgoing.sequence),
        col(PublishedMeeting.ends_at) <= at,
    )
    session.exec(
        update(Outgoing)
        .where(col(Outgoing.state).in_([MailState.HELD, MailState.WAITING]), over)
        .values(state=MailState.WITHDRAWN, message=None, failure="late")
    )


def _unwritten(session: Session) -> Iterable[Outgoing]:
    query = (
        select(Outgoing)
        .where(
            col(Outgoing.state).in_([MailState.HELD, MailState.WAITING]),
            col(Outgoing.message).is_(None),
        )
        .order_by(col(Outgoing.urgent).desc(), col(Outgoing.id))
        .limit(_MOST_AT_ONCE)
        # Of two that write at once each takes others: a letter has one identity.
        .with_for_update(skip_locked=True)
    )
    return session.exec(query).all()


def write_out(session: Session, office: Office, row: Outgoing) -> None:
    """Write a letter and keep it, sealed; from here on it stays as it is."""
    address = session.get(MailAddress, row.recipient_id)
    if address is None:
        row.state, row.failure = MailState.WITHDRAWN, "address"
        return
    try:
        keep_letter(office, row, _LETTERS[row.kind](session, office, row, address))
    except NothingToDo:  # what it is about has passed meanwhile
        row.state, row.failure = MailState.WITHDRAWN, "late"
    except (BadLetter, NotFound, SealBroken) as error:
        row.state, row.failure = MailState.FAILED, type(error).__name__


def keep_letter(office: Office, row: Outgoing, parcel: Parcel) -> None:
    """Keep a letter in its row until it is sent."""
    row.subject, row.message_id = parcel.subject, parcel.message_id
    row.digest, row.message = parcel.digest, office.letters.seal(parcel.message)
