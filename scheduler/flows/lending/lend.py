"""Propose a loan of hours, agree to it, refuse it, and stop it from a day on."""

from dataclasses import dataclass, fields
from datetime import date

from sqlmodel import Session, col, select, update

from scheduler.db import audits, people
from scheduler.db.loans import LoanView, loan, still_missing
from scheduler.db.tables import Loan, LoanConsent
from scheduler.domain.errors import BadInput, NotAllowed, NothingToDo, Sentence
from scheduler.domain.ids import new_id
from scheduler.domain.terms import LoanPace, MandateSide, MandateState, Role
from scheduler.flows.lending.queue import ask_boards
from scheduler.flows.mandates.errors import BadMandate, FieldFault
from scheduler.flows.mandates.hand import Hand

_MOST_MINUTES, _LONGEST = 60 * 10_000, 500
_UNKNOWN = Sentence("Kies een van de namen.", "Choose one of the names.")
_SELF = Sentence("Kies twee verschillende organisaties.", "Choose two different organisations.")
_HOURS = Sentence("Vul in hoeveel uur.", "Fill in how many hours.")
_BACKWARDS = Sentence("De laatste dag komt voor de eerste.", "The last day comes before the first.")
_PAST = Sentence("De laatste dag is al geweest.", "The last day has been already.")
_TOO_LONG = Sentence("Gebruik hoogstens 500 tekens.", "Use at most 500 characters.")
_SETTLED = Sentence(
    "Hierover is al beslist. U hoeft niets te doen.",
    "This has been decided on already. You needn't do anything.",
)
_WHO = Sentence(
    "Uw bestuur vraagt om akkoord van twee leden. Gebruik de link uit uw eigen mail.",
    "Your board asks for two members to agree. Use the link from your own mail.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedLoan:
    """A loan as somebody proposes it; days are local and inclusive."""

    giver_id: str
    holder_id: str
    minutes: int
    pace: LoanPace
    first_day: date
    last_day: date
    note: str = ""


def propose_loan(session: Session, hand: Hand, wanted: WantedLoan) -> str:
    """Propose it and ask both boards; gives its identifier. The same twice makes one.

    Raises:
        NotAllowed: it is neither the coordinator nor the board of a party.
        BadMandate: something isn't right, each fault at its field.
    """
    own = hand.actor.subject if hand.actor.role is Role.BOARD else None
    if not hand.records and own not in {wanted.giver_id, wanted.holder_id}:
        raise NotAllowed
    _refuse_faults(session, hand, wanted)
    if (same := _same(session, wanted)) is not None:
        return same
    row = _row(wanted)
    session.add(row)
    session.flush()
    _log(session, hand, row.id, "propose")
    view = loan(session, hand.actor, row.id)
    if not hand.records:
        _consent(session, hand, view)
    ask_boards(session, hand, view)
    return row.id


def agree_to_loan(session: Session, hand: Hand, loan_id: str) -> None:
    """Say yes for one's own party, or record that both agreed on paper; once more is nothing.

    Raises:
        NotFound, NotAllowed: it isn't the actor's to see, or to agree to.
        NothingToDo: it was decided on already.
        BadInput: the giver wants two members, and it isn't known which member this is.
    """
    view = _open(session, hand, loan_id)
    if not hand.records:
        _consent(session, hand, view)
    if hand.records or not still_missing(session, view):
        _settle(session, view, MandateState.AGREED)
    _log(session, hand, loan_id, "agree")


def refuse_loan(session: Session, hand: Hand, loan_id: str) -> None:
    """Say no for one's own party; one member's no is enough. The same errors as agreeing."""
    _settle(session, _open(session, hand, loan_id), MandateState.REFUSED)
    _log(session, hand, loan_id, "refuse")


def stop_loan(session: Session, hand: Hand, loan_id: str) -> None:
    """Let it hold no more from today on, by either party or the coordinator.

    Raises:
        NotFound, NotAllowed: it isn't the actor's to see, or to stop.
        NothingToDo: it holds no more already, or was never agreed to.
    """
    view = loan(session, hand.actor, loan_id)
    _side(hand, view)
    if not view.term.ever_counts or view.term.last_in_force < hand.today:
        raise NothingToDo(_SETTLED)
    session.get_one(Loan, loan_id).stops_on = hand.today
    _log(session, hand, loan_id, "stop")


def _row(wanted: WantedLoan) -> Loan:
    return Loan(
        id=new_id("ln"),
        state=MandateState.PROPOSED,
        giver_id=wanted.giver_id,
        holder_id=wanted.holder_id,
        minutes=wanted.minutes,
        pace=wanted.pace,
        first_day=wanted.first_day,
        last_day=wanted.last_day,
        note=wanted.note,
    )


def _same(session: Session, wanted: WantedLoan) -> str | None:
    """A proposal that reads alike and waits for an answer."""
    query = select(Loan.id).where(
        Loan.state == MandateState.PROPOSED,
        *(getattr(Loan, each.name) == getattr(wanted, each.name) for each in fields(wanted)),
    )
    return session.exec(query).first()


def _refuse_faults(session: Session, hand: Hand, wanted: WantedLoan) -> None:
    known = {each.id for each in people.organisations(session)}
    checks = (
        ("gever", wanted.giver_id not in known, _UNKNOWN),
        ("houder", wanted.holder_id not in known, _UNKNOWN),
        ("houder", wanted.giver_id == wanted.holder_id, _SELF),
        ("uren", not 0 < wanted.minutes <= _MOST_MINUTES, _HOURS),
        ("laatste_dag", wanted.last_day < wanted.first_day, _BACKWARDS),
        ("laatste_dag", wanted.last_day < hand.today, _PAST),
        ("opmerking", len(wanted.note) > _LONGEST, _TOO_LONG),
    )
    faults: dict[str, FieldFault] = {}
    for name, wrong, sentence in checks:
        if wrong:
            faults.setdefault(name, FieldFault(name, sentence))
    if faults:
        raise BadMandate(*faults.values())


def _side(hand: Hand, view: LoanView) -> MandateSide | None:
    """Which party the hand belongs to; None for the coordinator, NotAllowed for others."""
    if hand.records:
        return None
    side = view.side_of(hand.actor.subject) if hand.actor.role is Role.BOARD else None
    if side is None:
        raise NotAllowed
    return side


def _open(session: Session, hand: Hand, loan_id: str) -> LoanView:
    view = loan(session, hand.actor, loan_id)
    _side(hand, view)
    if view.term.state is not MandateState.PROPOSED:
        raise NothingToDo(_SETTLED)
    return view


def _consent(session: Session, hand: Hand, view: LoanView) -> None:
    side = _side(hand, view)
    if side is None:
        return
    if not hand.member_id and still_missing(session, view).get(side, 0) > 1:
        raise BadInput(_WHO)
    session.merge(
        LoanConsent(loan_id=view.id, side=side, member_id=hand.member_id, given_at=hand.at)
    )
    session.flush()


def _settle(session: Session, view: LoanView, state: MandateState) -> None:
    """Decide once: of two at the same moment, one does."""
    settled = session.exec(
        update(Loan)
        .where(col(Loan.id) == view.id, col(Loan.state) == MandateState.PROPOSED)
        .values(state=state)
    )
    if settled.rowcount != 1:
        raise NothingToDo(_SETTLED)


def _log(session: Session, hand: Hand, loan_id: str, act: str) -> None:
    audits.record(session, hand.actor, act, noun="loan", noun_id=loan_id, at=hand.at)
    session.flush()
