"""Agree to a mandate, or refuse it: each board by its own members."""

from sqlmodel import Session, col, update

from scheduler.db import mandates as known
from scheduler.db.mandates import MandateView
from scheduler.db.tables import Mandate, MandateConsent
from scheduler.domain.errors import BadInput, NothingToDo, Sentence
from scheduler.domain.terms import MandateAct, MandateSide, MandateState
from scheduler.flows.mandates.hand import Hand, note
from scheduler.flows.mandates.letters_queue import tell_parties

_SETTLED = Sentence(
    "Over dit mandaat is al beslist. U hoeft niets te doen.",
    "This mandate has been decided on already. You needn't do anything.",
)
_WHO = Sentence(
    "Uw bestuur vraagt om akkoord van twee leden. Gebruik de link uit uw eigen mail. "
    "Dan weten wij wie van u akkoord geeft.",
    "Your board asks for two members to agree. Use the link from your own mail, "
    "so that we know which of you agrees.",
)


def agree(session: Session, hand: Hand, mandate_id: str) -> MandateState:
    """Say yes for one's own party, or record that both agreed on paper; gives how it stands now.

    The same member again changes nothing. It is agreed once enough members of both boards said so.

    Raises:
        NotFound, NotAllowed: it isn't the actor's to see, or to agree to.
        NothingToDo: it was agreed or refused already.
        BadInput: the giver wants two members, and it isn't known which member this is.
    """
    view = _open(session, hand, mandate_id)
    if hand.records:
        _settle(session, view, MandateState.AGREED)
        number = note(session, hand, mandate_id, MandateAct.RECORDED, from_day=view.term.first_day)
        tell_parties(session, hand, view, number)
        return MandateState.AGREED
    given = give_consent(session, hand, mandate_id)
    if given is None or missing(session, view):
        return MandateState.PROPOSED
    _settle(session, view, MandateState.AGREED)
    tell_parties(session, hand, view, given)
    return MandateState.AGREED


def give_consent(session: Session, hand: Hand, mandate_id: str) -> int | None:
    """Note one member's yes; gives the event's number, None where it was there already."""
    view = known.mandate(session, hand.actor, mandate_id)
    side = hand.side(view)
    if side is None or hand.member_id in known.consents(session, mandate_id)[side]:
        return None
    if not hand.member_id and known.members_needed(session, view)[side] > 1:
        raise BadInput(_WHO)
    session.add(
        MandateConsent(mandate_id=mandate_id, side=side, member_id=hand.member_id, given_at=hand.at)
    )
    return note(session, hand, mandate_id, MandateAct.AGREED, from_day=view.term.first_day)


def missing(session: Session, view: MandateView) -> dict[MandateSide, int]:
    """How many members of which board still have to agree; empty where none has to."""
    if view.term.state is not MandateState.PROPOSED:
        return {}
    given, needed = known.consents(session, view.id), known.members_needed(session, view)
    left = {side: needed[side] - len(given[side]) for side in MandateSide}
    return {side: number for side, number in left.items() if number > 0}


def refuse(session: Session, hand: Hand, mandate_id: str, *, why: str = "") -> None:
    """Say no for one's own party; one member's no is enough. The same errors as `agree`."""
    view = _open(session, hand, mandate_id)
    hand.side(view)
    _settle(session, view, MandateState.REFUSED)
    number = note(session, hand, mandate_id, MandateAct.REFUSED, why=why)
    tell_parties(session, hand, view, number)


def _open(session: Session, hand: Hand, mandate_id: str) -> MandateView:
    view = known.mandate(session, hand.actor, mandate_id)
    hand.side(view)
    if view.term.state is not MandateState.PROPOSED:
        raise NothingToDo(_SETTLED)
    return view


def _settle(session: Session, view: MandateView, state: MandateState) -> None:
    """Decide once: of two at the same moment, one does."""
    settled = session.exec(
        update(Mandate)
        .where(col(Mandate.id) == view.id, col(Mandate.state) == MandateState.PROPOSED)
        .values(state=state)
    )
    if settled.rowcount != 1:
        raise NothingToDo(_SETTLED)
