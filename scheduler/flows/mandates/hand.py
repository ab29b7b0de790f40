"""Who acts on a mandate: the coordinator, or one member of a board."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from scheduler.db import audits
from scheduler.db.mandates import MandateView
from scheduler.db.tables import MailAddress, MandateEvent
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotAllowed
from scheduler.domain.terms import MandateAct, MandateSide, Role
from scheduler.domain.times import local

LONGEST_WHY = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who acts, and when. `member_id` is a board member's mail address, where it is known."""

    actor: Actor
    at: datetime
    member_id: str = ""
    function: str = ""

    @property
    def today(self) -> date:
        """The local day."""
        return local(self.at).date()

    @property
    def records(self) -> bool:
        """Whether this is the coordinator, who writes down what others agreed on paper."""
        return self.actor.plans_for_all

    def side(self, view: MandateView) -> MandateSide | None:
        """Which party the hand belongs to; None for the coordinator.

        Raises:
            NotAllowed: it is neither a party's board nor the coordinator.
        """
        if self.records:
            return None
        side = view.side_of(self.actor.subject) if self.actor.role is Role.BOARD else None
        if side is None:
            raise NotAllowed
        return side


def hand_of(session: Session, actor: Actor, *, at: datetime, member_id: str = "") -> Hand:
    """The hand of an actor; a member's function is read from their address."""
    row = session.get(MailAddress, member_id) if member_id else None
    known = row is not None and row.organisation_id == actor.subject and row.stopped_at is None
    return Hand(
        actor=actor,
        at=at,
        member_id=member_id if known else "",
        function=row.function if row is not None and known else "",
    )


def note(
    session: Session,
    hand: Hand,
    mandate_id: str,
    act: MandateAct,
    *,
    from_day: date | None = None,
    why: str = "",
) -> int:
    """Add to a mandate's history, and to the log; gives the event's number."""
    row = MandateEvent(
        mandate_id=mandate_id,
        at=hand.at,
        act=act,
        role=hand.actor.role,
        actor_id=hand.actor.subject,
        member_id=hand.member_id,
        function=hand.function,
        from_day=from_day,
        why=why.strip()[:LONGEST_WHY],
    )
    session.add(row)
    audits.record(session, hand.actor, act.value, noun="mandate", noun_id=mandate_id, at=hand.at)
    session.flush()
    return row.id
