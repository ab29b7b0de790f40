"""Take a mandate back, or give it back, from a day on; and renew it."""

from datetime import date, timedelta

from sqlmodel import Session, select

from scheduler.db import mandates as known
from scheduler.db.mandates import MandateView
from scheduler.db.tables import Mandate
from scheduler.domain.errors import BadInput, NothingToDo, Sentence
from scheduler.domain.terms import (
    MandateAct,
    MandateSide,
    MandateState,
)
from scheduler.flows.mandates.consent import agree
from scheduler.flows.mandates.hand import Hand, note
from scheduler.flows.mandates.letters_queue import tell_parties
from scheduler.flows.mandates.propose import Wanted, propose_mandate

_OVER = Sentence(
    "Dit mandaat geldt al niet meer. U hoeft niets te doen.",
    "This mandate holds no more already. You needn't do anything.",
)
_PAST = Sentence(
    "Kies vandaag of een latere dag. Wat geweest is, verandert niet meer.",
    "Choose today or a later day. What has been changes no more.",
)
_LATE = Sentence(
    "Op die dag geldt het mandaat al niet meer. Kies een eerdere dag.",
    "On that day the mandate holds no more already. Choose an earlier day.",
)
_NOT_AGREED = Sentence(
    "Dit mandaat is niet afgesproken. Vraag een nieuw mandaat.",
    "This mandate was not agreed. Ask for a new one.",
)


def withdraw(
    session: Session, hand: Hand, mandate_id: str, *, from_day: date, why: str = ""
) -> None:
    """Let a mandate hold no more from a local day on: today at the earliest, as the past stays.

    The giver withdraws it, the holder gives it back; one board member is enough. A proposal is
    taken back at once.

    Raises:
        NotFound, NotAllowed: it isn't the actor's to see, or to end.
        NothingToDo: it holds no more already.
        BadInput: the day has been, or the mandate has ended by then.
    """
    view = known.mandate(session, hand.actor, mandate_id)
    act = MandateAct.GIVEN_BACK if hand.side(view) is MandateSide.HOLDER else MandateAct.WITHDRAWN
    row = session.get_one(Mandate, mandate_id)
    if view.term.state is MandateState.PROPOSED:
        row.state = MandateState.REFUSED
        number = note(session, hand, mandate_id, act, why=why)
    else:
        _refuse_day(view, from_day, hand.today)
        row.stops_on = from_day
        number = note(session, hand, mandate_id, act, from_day=from_day, why=why)
    tell_parties(session, hand, view, number)


def _refuse_day(view: MandateView, from_day: date, today: date) -> None:
    if view.term.state is not MandateState.AGREED or today > view.term.last_in_force:
        raise NothingToDo(_OVER)
    if from_day < today:
        raise BadInput(_PAST)
    if from_day > view.term.last_in_force:
        raise BadInput(_LATE)


def renew(session: Session, hand: Hand, mandate_id: str) -> str:
    """Propose the same mandate for as long again, from the day after its last; gives the new one.

    Once more agrees for who presses. Both agree again: a renewal is a mandate of its own.

    Raises:
        NotFound, NotAllowed: it isn't the actor's to see, or to renew.
        NothingToDo: it was never agreed to, or was withdrawn.
    """
    view = known.mandate(session, hand.actor, mandate_id)
    hand.side(view)
    if view.term.state is not MandateState.AGREED or view.term.stops_on is not None:
        raise NothingToDo(_NOT_AGREED)
    made = renewal_of(session, mandate_id)
    if made is not None:
        if not hand.records and made.state is MandateState.PROPOSED:
            agree(session, hand, made.id)
        return made.id
    renewed = propose_mandate(session, hand, _again(view, hand.today), renews_id=mandate_id)
    note(session, hand, mandate_id, MandateAct.RENEWED)
    return renewed


def renewal_of(session: Session, mandate_id: str) -> Mandate | None:
    """The mandate that renews this one, where there is one."""
    return session.exec(select(Mandate).where(Mandate.renews_id == mandate_id)).first()


def _again(view: MandateView, today: date) -> Wanted:
    first = max(view.term.last_day + timedelta(days=1), today)
    towns = view.municipalities
    return Wanted(
        giver_id=view.giver.id,
        holder_id=view.holder.id,
        first_day=first,
        last_day=_as_long(view, first),
        municipalities=None if towns is None else tuple(each.id for each in towns),
        topics=view.topics,
        levels=view.levels,
        power=view.power,
        limits=view.limits,
        ask_each_time=view.ask_each_time,
        note=view.note,
    )


def _as_long(view: MandateView, first: date) -> date:
    """So many days later, or where it held for a whole year: the same day a year later."""
    term = view.term
    days = (term.last_day - term.first_day).days
    if first == term.last_day + timedelta(days=1) and days in {364, 365}:
        return _a_year_after(term.last_day)
    return first + timedelta(days=days)


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)
