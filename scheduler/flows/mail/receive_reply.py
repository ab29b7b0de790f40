"""Take in what somebody mailed back. Anybody can send us mail: everything is checked and named."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlmodel import Session, col, select

from calendars.itip import (
    Answer,
    Counter,
    Malformed,
    NeedsAHuman,
    NoAnswerInside,
    WrongSender,
    read_answer,
)
from scheduler.db import audits
from scheduler.db.mail_addresses import by_fingerprint
from scheduler.db.tables import MailAddress, MailReply, Outgoing
from scheduler.domain.access import Actor
from scheduler.domain.errors import BadInput, Sentence
from scheduler.domain.terms import MailKind, MailState, ReplyKind, ReplyState
from scheduler.flows.mail.answer_by_mail import answer_by_mail
from scheduler.flows.mail.mail_plan import may_have_arrived
from scheduler.mail import Office, is_automatic, words_of

MOST_BYTES = 5_000_000
"""A larger mail isn't read: no answer is."""

_NOT_INVITED = Sentence(
    "Dit antwoord hoort bij geen enkele uitnodiging aan deze afzender.",
    "This answer belongs to no invitation to this sender.",
)


class BadMail(BadInput):
    """A mail that can't be read, or that answers for somebody else; nothing was changed."""


class ForgedMail(BadMail):
    """It isn't from whom it says, or answers what the sender was never asked."""


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a mail: noted as something new, or, with None, left at that."""

    kind: ReplyKind | None


def receive_reply(
    session: Session, actor: Actor, office: Office, mail: bytes, *, at: datetime
) -> Received:
    """Note an answer, a proposal or somebody's words; an answer counts at once.

    The same mail twice is noted once. Of two answers the one given later counts, and one to an
    earlier revision of the meeting is kept but doesn't count. Automatic replies are left.

    Raises:
        ForgedMail: it isn't from whom it says, or answers what the sender was never asked.
        BadMail: it can't be read.
    """
    actor.must_plan_for_all()
    try:
        return _answer(session, actor, office, read_answer(mail), at)
    except (NoAnswerInside, NeedsAHuman):
        return _words(session, office, mail, at)
    except WrongSender as error:
        raise ForgedMail(_NOT_INVITED) from error
    except Malformed as error:
        raise BadMail(
            Sentence(f"Deze mail is niet te lezen: {error}.", f"This mail can't be read: {error}.")
        ) from error


def _answer(
    session: Session, actor: Actor, office: Office, answer: Answer, at: datetime
) -> Received:
    asked, address = _asked(session, office, answer)
    kind = ReplyKind.COUNTER if isinstance(answer, Counter) else ReplyKind(answer.response)
    name = _name(answer.uid, address.id, kind, answer.answered_at.isoformat())
    if _is_known(session, name):
        return Received(None)
    stale = _is_outdated(session, address, answer) or _has_later(session, asked, address, answer)
    reply = MailReply(
        name=name,
        kind=kind,
        state=ReplyState.STALE if stale else ReplyState.OPEN,
        recipient_id=address.id,
        meeting_id=asked.meeting_id,
        sequence=answer.sequence,
        comment=answer.comment,
        answered_at=answer.answered_at,
        received_at=at,
    )
    if isinstance(answer, Counter):
        reply.starts_at, reply.ends_at = answer.starts_at, answer.ends_at
    session.add(reply)
    session.flush()
    if not stale:
        answer_by_mail(session, reply, address, at=at)
    audits.record(
        session, actor, "receive", noun="reply", noun_id=str(reply.id), at=at, detail=kind
    )
    return Received(kind)


def _asked(session: Session, office: Office, answer: Answer) -> tuple[Outgoing, MailAddress]:
    """The newest invitation that this attendee may have got, and the attendee's address."""
    for address in by_fingerprint(session, office.fingerprint(answer.attendee)):
        query = (
            select(Outgoing)
            .where(
                Outgoing.uid == answer.uid,
                Outgoing.recipient_id == address.id,
                Outgoing.kind == MailKind.REQUEST,
            )
            .order_by(col(Outgoing.sequence).desc())
        )
        newest = next((row for row in session.exec(query) if may_have_arrived(row)), None)
        if newest is not None and answer.sequence <= newest.sequence:
            return newest, address
    raise ForgedMail(_NOT_INVITED)


def _is_outdated(session: Session, address: MailAddress, answer: Answer) -> bool:
    """Whether there is a newer invitation, gone or about to go: it will be answered anew."""
    query = select(Outgoing.id).where(
        Outgoing.uid == answer.uid,
        Outgoing.recipient_id == address.id,
        Outgoing.sequence > answer.sequence,
        Outgoing.state != MailState.WITHDRAWN,
    )
    return session.exec(query.limit(1)).first() is not None


def _has_later(session: Session, asked: Outgoing, address: MailAddress, answer: Answer) -> bool:
    """Whether the same person said something later about the same revision."""
    query = select(MailReply.id).where(
        MailReply.meeting_id == asked.meeting_id,
        MailReply.recipient_id == address.id,
        MailReply.sequence >= answer.sequence,
        MailReply.answered_at > answer.answered_at,
        MailReply.kind != ReplyKind.NOTE,
    )
    return session.exec(query.limit(1)).first() is not None


def _words(session: Session, office: Office, mail: bytes, at: datetime) -> Received:
    """Somebody's own words, for the coordinator to read; from strangers they are left."""
    words = words_of(mail)
    addresses = by_fingerprint(session, office.fingerprint(words.sender)) if words.sender else ()
    name = _name(words.message_id or sha256(mail).hexdigest(), words.sender)
    if is_automatic(words) or not addresses or _is_known(session, name):
        return Received(None)
    session.add(
        MailReply(
            name=name,
            kind=ReplyKind.NOTE,
            state=ReplyState.OPEN,
            recipient_id=addresses[0].id,
            comment=words.text,
            answered_at=at,
            received_at=at,
        )
    )
    session.flush()
    return Received(ReplyKind.NOTE)


def _is_known(session: Session, name: str) -> bool:
    query = select(MailReply.id).where(MailReply.name == name)
    return session.exec(query).first() is not None


def _name(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()
