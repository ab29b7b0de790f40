"""What is about people and has served its purpose goes by itself, as the settings say."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, or_, update
from sqlmodel import Session, col, select

from scheduler.db import audits
from scheduler.db.tables import (
    Absence,
    Answer,
    Audit,
    Busy,
    BusyBlock,
    FormDraft,
    MailReply,
    MeetingRequest,
    Outgoing,
    PublishedMeeting,
    SignInAsk,
    SignInLink,
)
from scheduler.db.tables import Session as Browser
from scheduler.domain.access import Actor, Right
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import MailState, ReplyState
from scheduler.domain.times import local
from scheduler.flows.audit_trail import blank_acts
from scheduler.settings import Privacy

Rule = Callable[[Session, datetime], int]

_ACTS_AT_ONCE = 1_000


def tidy(
    session: Session, actor: Actor, key: SecretKey, keep: Privacy, *, at: datetime
) -> Mapping[str, int]:
    """Take away what is kept longer than the settings allow; gives how much of what.

    Raises:
        NotAllowed: the actor may not erase.
    """
    actor.must(Right.ERASE)
    rules: dict[str, tuple[Rule, int]] = {
        "reasons": (_reasons, keep.reasons_days),
        "replies": (_replies, keep.replies_days),
        "mail": (_mail, keep.mail_days),
        "busy": (_busy, keep.busy_days),
        "absences": (_absences, keep.absences_days),
        "contacts": (_contacts, keep.contacts_days),
        "leftovers": (_leftovers, keep.leftovers_days),
    }
    gone = {name: rule(session, at - timedelta(days=days)) for name, (rule, days) in rules.items()}
    gone["log texts"] = _log_texts(session, actor, key, at - timedelta(days=keep.log_texts_days))
    told = ", ".join(f"{number} {name}" for name, number in gone.items() if number)
    if told:
        audits.record(session, actor, "tidy", noun="privacy", noun_id="", at=at, detail=told)
    return gone


def _run(session: Session, statement: Any) -> int:
    quiet = statement.execution_options(synchronize_session=False)
    return int(session.exec(quiet).rowcount)


def _reasons(session: Session, before: datetime) -> int:
    held = exists().where(
        col(PublishedMeeting.meeting_id) == col(Answer.meeting_id),
        col(PublishedMeeting.last_publication).is_(None),
        col(PublishedMeeting.ends_at) < before,
    )
    return _run(session, update(Answer).where(col(Answer.comment) != "", held).values(comment=""))


def _replies(session: Session, before: datetime) -> int:
    old = (col(MailReply.received_at) < before) & (col(MailReply.state) != ReplyState.OPEN)
    return _run(session, delete(MailReply).where(old))


def _mail(session: Session, before: datetime) -> int:
    """What was sent about meetings that are over; what is to come still has to be taken back."""
    coming = exists().where(
        col(PublishedMeeting.uid) == col(Outgoing.uid), col(PublishedMeeting.ends_at) >= before
    )
    done = col(Outgoing.state).in_([MailState.SENT, MailState.FAILED, MailState.WITHDRAWN])
    old = col(Outgoing.created_at) < before
    return _run(session, delete(Outgoing).where(done, old, ~coming))


def _busy(session: Session, before: datetime) -> int:
    blocks = delete(BusyBlock).where(
        col(BusyBlock.ends_at) < before, col(BusyBlock.read_until).is_(None)
    )
    return _run(session, delete(Busy).where(col(Busy.ends_at) < before)) + _run(session, blocks)


def _absences(session: Session, before: datetime) -> int:
    return _run(session, delete(Absence).where(col(Absence.last_day) < local(before).date()))


def _contacts(session: Session, before: datetime) -> int:
    old = (col(MeetingRequest.changed_at) < before) & (col(MeetingRequest.contact) != "")
    return _run(session, update(MeetingRequest).where(old).values(contact=""))


def _leftovers(session: Session, before: datetime) -> int:
    return sum(
        _run(session, delete(table).where(moment < before))
        for table, moment in (
            (FormDraft, col(FormDraft.saved_at)),
            (SignInAsk, col(SignInAsk.asked_at)),
            (SignInLink, col(SignInLink.expires_at)),
            (Browser, col(Browser.expires_at)),
        )
    )


def _log_texts(session: Session, actor: Actor, key: SecretKey, before: datetime) -> int:
    """The texts of acts, some at a time, so that a long log is thinned over several rounds."""
    told = or_(
        col(Audit.detail) != "",
        col(Audit.before).is_not(None),
        col(Audit.after).is_not(None),
        col(Audit.why) != "",
    )
    query = (
        select(Audit)
        .where(col(Audit.at) < before, col(Audit.told_digest) == "", told)
        .order_by(col(Audit.id))
        .limit(_ACTS_AT_ONCE)
    )
    return blank_acts(session, actor, key, session.exec(query).all())
