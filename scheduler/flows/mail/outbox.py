"""What the coordinator does with the outbox: let mail go, take it back, try it again."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import Session, col

from scheduler.db import audits
from scheduler.db.tables import MailReply, Outgoing
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound, NothingToDo, Sentence
from scheduler.domain.terms import MailState, ReplyState

_GONE = Sentence(
    "Deze mail wordt net verstuurd, of is al weg. Ververs de bladzijde.",
    "This mail is being sent just now, or has gone. Reload the page.",
)


def release_mail(
    session: Session, actor: Actor, ids: Sequence[int] | None = None, *, at: datetime
) -> int:
    """Let held mail go: these, or with None everything; gives how many.

    Raises:
        NothingToDo: none of them is held.
    """
    actor.must_plan_for_all()
    return _change(
        session,
        actor,
        "release",
        [col(Outgoing.state) == MailState.HELD, *_among(ids)],
        at=at,
        state=MailState.WAITING,
        released_at=at,
        not_before=at,
    )


def withdraw_mail(session: Session, actor: Actor, mail_id: int, *, at: datetime) -> None:
    """Don't send a mail after all; the next change of its meeting is mailed as usual.

    Raises:
        NothingToDo: it is being sent at this moment, or has gone.
    """
    actor.must_plan_for_all()
    open_states = [MailState.HELD, MailState.WAITING, MailState.FAILED]
    free = or_(col(Outgoing.lease_until).is_(None), col(Outgoing.lease_until) <= at)
    _change(
        session,
        actor,
        "withdraw",
        [col(Outgoing.state).in_(open_states), free, *_among([mail_id])],
        at=at,
        state=MailState.WITHDRAWN,
        message=None,
    )


def retry_mail(session: Session, actor: Actor, mail_id: int, *, at: datetime) -> None:
    """Try a failed mail again, from now on; NothingToDo where it hasn't failed."""
    actor.must_plan_for_all()
    _change(
        session,
        actor,
        "retry",
        [col(Outgoing.state) == MailState.FAILED, *_among([mail_id])],
        at=at,
        state=MailState.WAITING,
        released_at=at,
        not_before=at,
        failure="",
    )


def _among(ids: Sequence[int] | None) -> list[ColumnElement[bool]]:
    return [] if ids is None else [col(Outgoing.id).in_(ids)]


def _change(
    session: Session,
    actor: Actor,
    act: str,
    where: Sequence[ColumnElement[bool]],
    *,
    at: datetime,
    **values: object,
) -> int:
    changed = session.exec(update(Outgoing).where(*where).values(**values)).rowcount
    if not changed:
        raise NothingToDo(_GONE)
    audits.record(session, actor, act, noun="mail", noun_id="", at=at, detail=f"{changed} messages")
    return int(changed)


def close_reply(session: Session, actor: Actor, reply_id: int, *, at: datetime) -> None:
    """Lay aside something that was mailed back; NotFound where nothing waits under that number."""
    actor.must_plan_for_all()
    reply = session.get(MailReply, reply_id)
    if reply is None or reply.state is not ReplyState.OPEN:
        raise NotFound("antwoord", str(reply_id))
    reply.state = ReplyState.DONE
    audits.record(session, actor, "close", noun="reply", noun_id=str(reply_id), at=at)
