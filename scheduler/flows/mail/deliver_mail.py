"""Take mail out of the outbox: claim one, and note what came of it.

A mail is claimed by a conditional update with a lease, before it is offered to a server, and noted
as sent after the server has taken it. A process that dies in between leaves a lease that runs out;
then the same bytes go once more, with the same Message-ID.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from scheduler.db.tables import MailAddress, Outgoing
from scheduler.domain.access import Actor
from scheduler.domain.terms import MailState
from scheduler.mail import Office, Outcome, Verdict

LEASE = timedelta(minutes=10)
"""Longer than an attempt can take, with each of its steps bounded."""

_CANDIDATES = 10
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
_MOST_DOUBLINGS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A mail that this process alone may offer now, as its so many-th attempt."""

    id: int
    attempt: int
    was_in_doubt: bool
    message_id: str
    message: bytes = field(repr=False)
    recipient: str = field(repr=False)


def claim_mail(session: Session, actor: Actor, office: Office, *, at: datetime) -> Claimed | None:
    """Claim the next mail that is due, or None. Commit before offering it to a server.

    Of two that try together one gets it. While a mail is being offered, no other about the same
    meeting goes to the same recipient, so that they leave in their order.
    """
    actor.must_plan_for_all()
    for row in session.exec(_due(at)).all():
        address = session.get(MailAddress, row.recipient_id)
        if address is None:
            row.state, row.message, row.failure = MailState.WITHDRAWN, None, "address"
            session.flush()
            continue
        message = row.message or b""
        was_in_doubt = row.in_doubt
        if _won(session, row, at):
            return Claimed(
                id=row.id,
                attempt=row.attempts + 1,
                was_in_doubt=was_in_doubt,
                message_id=row.message_id,
                message=office.letters.open(message),
                recipient=office.addresses.open(address.sealed).decode(),
            )
    return None


def _due(at: datetime) -> SelectOfScalar[Outgoing]:
    other = aliased(Outgoing)
    busy = exists().where(
        col(other.uid) == col(Outgoing.uid),
        col(other.recipient_id) == col(Outgoing.recipient_id),
        col(other.id) != col(Outgoing.id),
        col(other.lease_until) > at,
    )
    return (
        select(Outgoing)
        .where(
            Outgoing.state == MailState.WAITING,
            Outgoing.not_before <= at,
            col(Outgoing.message).is_not(None),
            _is_free(at),
            ~busy,
        )
        .order_by(col(Outgoing.urgent).desc(), col(Outgoing.not_before), col(Outgoing.id))
        .limit(_CANDIDATES)
    )


def _is_free(at: datetime) -> ColumnElement[bool]:
    return or_(col(Outgoing.lease_until).is_(None), col(Outgoing.lease_until) <= at)


def _won(session: Session, row: Outgoing, at: datetime) -> bool:
    claimed = session.exec(
        update(Outgoing)
        .where(
            col(Outgoing.id) == row.id,
            col(Outgoing.state) == MailState.WAITING,
            col(Outgoing.attempts) == row.attempts,
            _is_free(at),
        )
        .values(attempts=row.attempts + 1, lease_until=at + LEASE, in_doubt=True)
        .execution_options(synchronize_session=False)
    )
    return bool(claimed.rowcount == 1)


def is_claimed(session: Session, actor: Actor, claimed: Claimed, *, at: datetime) -> bool:
    """Whether a mail is still this attempt's to send: not overtaken, and not withdrawn either."""
    actor.must_plan_for_all()
    query = select(Outgoing.id).where(
        Outgoing.id == claimed.id,
        Outgoing.state == MailState.WAITING,
        Outgoing.attempts == claimed.attempt,
        col(Outgoing.lease_until) > at,
    )
    return session.exec(query).first() is not None


def note_outcome(
    session: Session,
    actor: Actor,
    office: Office,
    claimed: Claimed,
    outcome: Outcome,
    *,
    at: datetime,
    chance: Callable[[], float],
) -> None:
    """Write down what came of an attempt.

    Args:
        session: the session; the caller commits.
        actor: who delivers; must plan for all.
        office: how long mail is tried.
        claimed: the attempt. A later one than this isn't overruled, except by its being sent.
        outcome: what the server made of it.
        at: the present instant.
        chance: draws from 0 up to 1, to spread attempts (full jitter).
    """
    actor.must_plan_for_all()
    if outcome.verdict is Verdict.SENT:
        _note_sent(session, claimed, at)
        return
    row = session.get(Outgoing, claimed.id, populate_existing=True)
    if row is None or row.attempts != claimed.attempt:
        return
    row.lease_until, row.failure = None, outcome.reason
    row.in_doubt = claimed.was_in_doubt or outcome.verdict is Verdict.IN_DOUBT
    if row.state is not MailState.WAITING:
        return  # withdrawn in the meantime: it isn't tried again
    started = row.released_at or row.created_at
    if outcome.verdict is Verdict.REFUSED or at - started >= office.patience:
        row.state = MailState.FAILED
    else:
        row.not_before = at + wait_before(claimed.attempt, chance())


def wait_before(attempt: int, chance: float) -> timedelta:
    """How long to wait after the so many-th failure: anything up to twice as long as before."""
    longest = min(_FIRST_WAIT * (1 << min(attempt, _MOST_DOUBLINGS)), _LONGEST_WAIT)
    return longest * chance


def _note_sent(session: Session, claimed: Claimed, at: datetime) -> None:
    """Whatever else became of the row, the message is theirs: only its proof is kept."""
    session.exec(
        update(Outgoing)
        .where(col(Outgoing.id) == claimed.id)
        .values(
            state=MailState.SENT,
            sent_at=at,
            lease_until=None,
            in_doubt=False,
            failure="",
            message=None,
        )
    )
