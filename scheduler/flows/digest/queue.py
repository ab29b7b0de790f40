"""Put digests into the outbox: on Monday, or on the first of the month, at eight; never twice."""

from datetime import date, datetime, time, timedelta

from sqlmodel import Session, select

from scheduler.db.mail_addresses import reachable
from scheduler.db.tables import DigestChoice, Outgoing
from scheduler.domain.access import Actor
from scheduler.domain.terms import DigestPace, MailKind, MailState, Role
from scheduler.domain.times import AMSTERDAM, local
from scheduler.flows.digest.contents import Digest, digest_for

DIGEST_UID = "board-digest/"
"""What the outbox calls it, before the pace, the organisation and its first day."""

_MORNING = time(8)
_WEEK = timedelta(days=7)


def queue_digests(session: Session, actor: Actor, *, at: datetime) -> int:
    """Add what is due by now, a mail to each board member; gives how many.

    Who chose after this week or month began gets the next. A digest with nothing in it doesn't go.
    """
    actor.must_plan_for_all()
    addresses = reachable(session)
    added = 0
    for choice in session.exec(select(DigestChoice)).all():
        board = [row for row in addresses if row.organisation_id == choice.organisation_id]
        began = begins(choice.pace, at)
        if not board or began is None or not choice.chosen_at <= began <= at:
            continue
        uid = f"{DIGEST_UID}{choice.pace}/{choice.organisation_id}/{local(began).date()}"
        known = select(Outgoing.id).where(Outgoing.uid == uid)
        if session.exec(known).first() is None and not digest_at(session, uid, at).is_empty:
            session.add_all(_row(uid, row.id, at) for row in board)
            added += len(board)
    session.flush()
    return added


def begins(pace: DigestPace, at: datetime) -> datetime | None:
    """The instant at which the digest of this week or month goes; None where none does."""
    today = local(at).date()
    match pace:
        case DigestPace.WEEKLY:
            return _morning(today - timedelta(days=today.weekday()))
        case DigestPace.MONTHLY:
            return _morning(today.replace(day=1))
        case DigestPace.OFF:
            return None


def digest_at(session: Session, uid: str, at: datetime) -> Digest:
    """What the digest of this name says."""
    pace, organisation, first = uid.removeprefix(DIGEST_UID).split("/")
    began = _morning(date.fromisoformat(first))
    return digest_for(
        session,
        Actor(Role.BOARD, organisation),
        since=_before(DigestPace(pace), began),
        until=_after(DigestPace(pace), began),
        at=at,
    )


def _before(pace: DigestPace, began: datetime) -> datetime:
    if pace is DigestPace.WEEKLY:
        return began - _WEEK
    return _morning((began.date() - timedelta(days=1)).replace(day=1))


def _after(pace: DigestPace, began: datetime) -> datetime:
    return began + (2 * _WEEK if pace is DigestPace.WEEKLY else 6 * _WEEK)


def _morning(day: date) -> datetime:
    return datetime.combine(day, _MORNING, AMSTERDAM)


def _row(uid: str, recipient: str, at: datetime) -> Outgoing:
    return Outgoing(
        uid=uid,
        sequence=0,
        kind=MailKind.BOARD_DIGEST,
        recipient_id=recipient,
        state=MailState.WAITING,
        created_at=at,
        released_at=at,
        not_before=at,
    )
