"""Which board members are mailed about a mandate: asked to agree, told, or reminded of its end."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from scheduler.db import mandates as known
from scheduler.db.mail_addresses import reachable
from scheduler.db.mandates import MandateView
from scheduler.db.tables import MailAddress, Mandate, Outgoing
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.terms import MailKind, MailState, MandateState
from scheduler.domain.times import local
from scheduler.flows.mandates.hand import Hand

UID = "mandate/"
"""What the outbox calls a mail about a mandate, before the mandate and what it says."""

ASK, TOLD, ENDS = "ask", "told", "ends"


def ask_for_consent(session: Session, hand: Hand, view: MandateView) -> None:
    """Ask every board member of both parties, but for who proposed it."""
    parties = (view.giver.id, view.holder.id)
    rows = _members(session, parties)
    _queue(session, (each for each in rows if each.id != hand.member_id), view.id, ASK, hand.at)


def tell_parties(session: Session, hand: Hand, view: MandateView, event: int) -> None:
    """Tell every board member of both parties what happened, but for who did it."""
    rows = _members(session, (view.giver.id, view.holder.id))
    others = (each for each in rows if each.id != hand.member_id)
    _queue(session, others, view.id, f"{TOLD}/{event}", hand.at)


def queue_endings(session: Session, actor: Actor, *, days: int, at: datetime) -> int:
    """Tell both boards of each mandate that ends within so many days, once; gives how many mails.

    One that was withdrawn, or that is being renewed already, needs no telling.
    """
    actor.must_plan_for_all()
    today, added = local(at).date(), 0
    for view in ending(session, today=today, last_day=today + timedelta(days=days)):
        parties = (view.giver.id, view.holder.id)
        word = f"{ENDS}/{view.term.last_in_force.isoformat()}"
        added += _queue(session, _members(session, parties), view.id, word, at)
    return added


def ending(session: Session, *, today: date, last_day: date) -> tuple[MandateView, ...]:
    """The mandates that end by themselves in these days (inclusive) and aren't being renewed."""
    renewed = set(
        session.exec(select(Mandate.renews_id).where(col(Mandate.renews_id).is_not(None)))
    )
    return tuple(
        each
        for each in known.mandates(session, SYSTEM)
        if each.term.state is MandateState.AGREED
        and each.term.stops_on is None
        and today <= each.term.last_in_force <= last_day
        and each.id not in renewed
    )


def _members(session: Session, organisations: Iterable[str]) -> tuple[MailAddress, ...]:
    wanted = set(organisations)
    return tuple(row for row in reachable(session) if row.organisation_id in wanted)


def _queue(
    session: Session, rows: Iterable[MailAddress], mandate_id: str, word: str, at: datetime
) -> int:
    """Add what isn't there yet; the letter is written when it is about to go."""
    added = list(_new(session, rows, f"{UID}{mandate_id}/{word}", at))
    session.add_all(added)
    session.flush()
    return len(added)


def _new(
    session: Session, rows: Iterable[MailAddress], uid: str, at: datetime
) -> Iterator[Outgoing]:
    there = set(session.exec(select(Outgoing.recipient_id).where(Outgoing.uid == uid)))
    for row in rows:
        if row.id not in there:
            yield Outgoing(
                uid=uid,
                sequence=0,
                kind=MailKind.MANDATE,
                recipient_id=row.id,
                state=MailState.WAITING,
                created_at=at,
                released_at=at,
                not_before=at,
            )
