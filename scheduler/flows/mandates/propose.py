"""Propose a mandate: by the coordinator, or by the board of either party."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from scheduler.db import mandates as known
from scheduler.db import people
from scheduler.db.tables import Mandate, MandateMunicipality, Meeting
from scheduler.domain.errors import NotAllowed, Sentence
from scheduler.domain.ids import new_id
from scheduler.domain.terms import Level, MandateAct, MandatePower, MandateState, Role
from scheduler.flows.mandates.consent import give_consent
from scheduler.flows.mandates.errors import BadMandate, FieldFault
from scheduler.flows.mandates.hand import Hand, note
from scheduler.flows.mandates.letters_queue import ask_for_consent

_LONGEST = 500
_MOST_DAYS = 5 * 366
_SELF = Sentence(
    "Een organisatie geeft zichzelf geen mandaat. Kies een andere.",
    "An organisation gives itself no mandate. Choose another.",
)
_BACKWARDS = Sentence("De laatste dag komt voor de eerste.", "The last day comes before the first.")
_PAST = Sentence(
    "De laatste dag is al geweest. Kies een latere dag.",
    "The last day has been already. Choose a later day.",
)
_LONG = Sentence("Kies een kortere tijd: hoogstens vijf jaar.", "Choose at most five years.")
_UNKNOWN = Sentence("Kies een van de namen.", "Choose one of the names.")
_TOO_LONG = Sentence("Gebruik hoogstens 500 tekens.", "Use at most 500 characters.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A mandate as somebody proposes it; days are local and inclusive.

    None for municipalities, topics or levels means all of them.
    """

    giver_id: str
    holder_id: str
    first_day: date
    last_day: date
    municipalities: tuple[str, ...] | None = None
    topics: tuple[str, ...] | None = None
    levels: tuple[Level, ...] | None = None
    power: MandatePower = MandatePower.DECIDES
    limits: str = ""
    ask_each_time: bool = False
    note: str = ""


def propose_mandate(
    session: Session, hand: Hand, wanted: Wanted, *, renews_id: str | None = None
) -> str:
    """Propose a mandate and ask both boards; gives its identifier. The same twice makes one.

    Whoever proposes for one of the parties agrees for that party.

    Raises:
        NotAllowed: it is neither the coordinator nor the board of a party.
        BadMandate: something isn't right, each fault at its field.
    """
    _refuse_strangers(hand, wanted)
    _refuse_faults(session, hand, wanted)
    if (same := _same(session, wanted)) is not None:
        return same
    row = _row(wanted, renews_id)
    session.add(row)
    session.flush()
    session.add_all(
        MandateMunicipality(mandate_id=row.id, municipality_id=each)
        for each in wanted.municipalities or ()
    )
    note(session, hand, row.id, MandateAct.PROPOSED, from_day=wanted.first_day)
    if not hand.records:
        give_consent(session, hand, row.id)
    ask_for_consent(session, hand, known.mandate(session, hand.actor, row.id))
    return row.id


def topics_known(session: Session) -> tuple[str, ...]:
    """The topics that meetings are about, in order."""
    found = {
        topic for topics in session.exec(select(Meeting.topics).distinct()) for topic in topics
    }
    return tuple(sorted(found))


def _refuse_strangers(hand: Hand, wanted: Wanted) -> None:
    own = hand.actor.subject if hand.actor.role is Role.BOARD else None
    if not hand.records and own not in {wanted.giver_id, wanted.holder_id}:
        raise NotAllowed


def _refuse_faults(session: Session, hand: Hand, wanted: Wanted) -> None:
    organisations = {each.id for each in people.organisations(session)}
    towns = {each.id for each in people.municipalities(session)}
    checks = (
        ("gever", wanted.giver_id not in organisations, _UNKNOWN),
        ("houder", wanted.holder_id not in organisations, _UNKNOWN),
        ("houder", bool(wanted.giver_id) and wanted.giver_id == wanted.holder_id, _SELF),
        ("gemeenten", not towns.issuperset(wanted.municipalities or ()), _UNKNOWN),
        ("laatste_dag", wanted.last_day < wanted.first_day, _BACKWARDS),
        ("laatste_dag", wanted.last_day < hand.today, _PAST),
        ("laatste_dag", wanted.last_day > wanted.first_day + timedelta(days=_MOST_DAYS), _LONG),
        ("grens", len(wanted.limits) > _LONGEST, _TOO_LONG),
        ("opmerking", len(wanted.note) > _LONGEST, _TOO_LONG),
    )
    faults: dict[str, FieldFault] = {}
    for field, wrong, sentence in checks:
        if wrong:
            faults.setdefault(field, FieldFault(field, sentence))
    if faults:
        raise BadMandate(*faults.values())


def _same(session: Session, wanted: Wanted) -> str | None:
    """A proposal that reads alike and waits for an answer."""
    query = select(Mandate.id).where(
        Mandate.giver_id == wanted.giver_id,
        Mandate.holder_id == wanted.holder_id,
        Mandate.first_day == wanted.first_day,
        Mandate.last_day == wanted.last_day,
        col(Mandate.state) == MandateState.PROPOSED,
    )
    for identifier in session.exec(query).all():
        if _reads_like(session, session.get_one(Mandate, identifier), wanted):
            return identifier
    return None


def _reads_like(session: Session, row: Mandate, wanted: Wanted) -> bool:
    towns = select(MandateMunicipality.municipality_id).where(
        MandateMunicipality.mandate_id == row.id
    )
    where = None if row.everywhere else set(session.exec(towns))
    named = wanted.municipalities
    return (
        where == (None if named is None else set(named))
        and _set(row.topics) == _set(wanted.topics)
        and _set(row.levels) == _set(wanted.levels)
        and (row.power, row.limits, row.ask_each_time, row.note)
        == (wanted.power, wanted.limits, wanted.ask_each_time, wanted.note)
    )


def _set(words: "tuple[str, ...] | list[str] | tuple[Level, ...] | None") -> set[str] | None:
    return None if words is None else {str(word) for word in words}


def _row(wanted: Wanted, renews_id: str | None) -> Mandate:
    return Mandate(
        id=new_id("md"),
        giver_id=wanted.giver_id,
        holder_id=wanted.holder_id,
        everywhere=wanted.municipalities is None,
        topics=None if wanted.topics is None else sorted(wanted.topics),
        levels=None if wanted.levels is None else [each.value for each in wanted.levels],
        first_day=wanted.first_day,
        last_day=wanted.last_day,
        state=MandateState.PROPOSED,
        power=wanted.power,
        limits=wanted.limits,
        ask_each_time=wanted.ask_each_time,
        note=wanted.note,
        renews_id=renews_id,
    )
