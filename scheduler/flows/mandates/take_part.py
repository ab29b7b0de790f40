"""Choose whether to take part: by ourselves, through another, or not at all."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from scheduler.db import audits, people
from scheduler.db.tables import ParticipationChoice
from scheduler.domain.errors import NotAllowed, Sentence
from scheduler.domain.ids import new_id
from scheduler.domain.terms import Level, Participation, Role
from scheduler.flows.mandates.ask_again import YEAR, put_off
from scheduler.flows.mandates.errors import BadMandate, FieldFault
from scheduler.flows.mandates.hand import Hand
from scheduler.flows.mandates.propose import topics_known

_LONGEST = 500
_DAY = timedelta(days=1)
_SUBJECT = Sentence(
    "Kies een overlegtafel, een onderwerp of een soort overleg.",
    "Choose a table, a topic or a kind of meeting.",
)
_REASON = Sentence(
    "Schrijf in een paar woorden waarom. Anderen lezen dat.",
    "Write in a few words why. Others read it.",
)
_TOO_LONG = Sentence("Gebruik hoogstens 500 tekens.", "Use at most 500 characters.")
_PAST = Sentence(
    "Kies vandaag of een latere dag. Wat geweest is, verandert niet meer.",
    "Choose today or a later day. What has been changes no more.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedChoice:
    """What an organisation chooses; just one of table, topic and level is filled in."""

    organisation_id: str
    choice: Participation
    reason: str
    first_day: date
    table_id: str | None = None
    topic: str | None = None
    level: Level | None = None


def choose_participation(session: Session, hand: Hand, wanted: WantedChoice) -> str:
    """Choose from a local day on, until it is chosen anew; gives the choice's identifier.

    It is asked again after a year. The same once more only puts that off, where it is asked now.
    What was chosen before about the same ends the day before; what would have begun later is
    overtaken and goes.

    Raises:
        NotAllowed: it is neither the coordinator nor the organisation's own board.
        NotFound: there is no such organisation.
        BadMandate: something isn't right, each fault at its field.
    """
    own = hand.actor.role is Role.BOARD and hand.actor.subject == wanted.organisation_id
    if not (own or hand.records):
        raise NotAllowed
    people.organisation(session, wanted.organisation_id)
    _refuse_faults(session, hand, wanted)
    now = _now(session, wanted)
    if now is not None and (now.choice, now.reason) == (wanted.choice, wanted.reason.strip()):
        put_off(session, hand, now)
        return now.id
    _end_earlier(session, wanted)
    row = _row(hand, wanted)
    session.add(row)
    audits.record(
        session, hand.actor, "choose", noun="participation", noun_id=row.organisation_id, at=hand.at
    )
    session.flush()
    return row.id


def _refuse_faults(session: Session, hand: Hand, wanted: WantedChoice) -> None:
    tables = {each.id for each in people.tables(session)}
    subjects = [each for each in (wanted.table_id, wanted.topic, wanted.level) if each]
    checks = (
        ("waarover", len(subjects) != 1, _SUBJECT),
        ("waarover", bool(wanted.table_id) and wanted.table_id not in tables, _SUBJECT),
        ("waarover", bool(wanted.topic) and wanted.topic not in topics_known(session), _SUBJECT),
        ("reden", not wanted.reason.strip(), _REASON),
        ("reden", len(wanted.reason) > _LONGEST, _TOO_LONG),
        ("eerste_dag", wanted.first_day < hand.today, _PAST),
    )
    faults: dict[str, FieldFault] = {}
    for field, wrong, sentence in checks:
        if wrong:
            faults.setdefault(field, FieldFault(field, sentence))
    if faults:
        raise BadMandate(*faults.values())


def _about_the_same(session: Session, wanted: WantedChoice) -> list[ParticipationChoice]:
    row = ParticipationChoice
    query = select(row).where(
        row.organisation_id == wanted.organisation_id,
        col(row.table_id).is_not_distinct_from(wanted.table_id),
        col(row.topic).is_not_distinct_from(wanted.topic),
        col(row.level).is_not_distinct_from(wanted.level),
    )
    return list(session.exec(query))


def _now(session: Session, wanted: WantedChoice) -> ParticipationChoice | None:
    """What holds on the first day already, and would go on."""
    return next(
        (
            row
            for row in _about_the_same(session, wanted)
            if row.first_day <= wanted.first_day and row.last_day is None
        ),
        None,
    )


def _end_earlier(session: Session, wanted: WantedChoice) -> None:
    before = wanted.first_day - _DAY
    for row in _about_the_same(session, wanted):
        if row.first_day > before:
            session.delete(row)
        elif row.last_day is None or row.last_day > before:
            row.last_day = before
    session.flush()


def _row(hand: Hand, wanted: WantedChoice) -> ParticipationChoice:
    return ParticipationChoice(
        id=new_id("pc"),
        organisation_id=wanted.organisation_id,
        table_id=wanted.table_id,
        topic=wanted.topic,
        level=wanted.level,
        choice=wanted.choice,
        reason=wanted.reason.strip(),
        first_day=wanted.first_day,
        ask_on=wanted.first_day + YEAR,
        role=hand.actor.role,
        function=hand.function,
        chosen_at=hand.at,
    )
