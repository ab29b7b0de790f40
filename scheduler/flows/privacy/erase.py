"""Erasing a person, and keeping the plan's history without them (AVG, article 17).

Who went where stays as it was published, by an identifier that leads to nobody any more: the label
is replaced, and everything that tells something of the person goes. The log keeps that something
was done, and its chain stays whole.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, update
from sqlmodel import Session, col, select

from scheduler.db import audits, people
from scheduler.db.tables import (
    Absence,
    Account,
    Answer,
    Audit,
    Availability,
    Busy,
    BusyBlock,
    CalendarWrite,
    Connection,
    Expertise,
    Feed,
    InputDraft,
    InputVersion,
    MailAddress,
    OfficeAccount,
    Outgoing,
    OwnPart,
    Place,
    ReminderChoice,
    Representative,
    Row,
    SignInLink,
    Staff,
    TableFollow,
    TableWish,
    TopicWish,
)
from scheduler.db.tables import Session as Browser
from scheduler.domain.access import Actor, Right
from scheduler.domain.errors import BadInput, NotFound, Sentence
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import Bond, Experience, FeedKind, MailState, Role
from scheduler.domain.times import local
from scheduler.flows.audit_trail import blank_acts

NOBODY = "Voormalig afgevaardigde"
NO_COLLEAGUE = "Voormalig medewerker"

_THEIRS: tuple[type[Row], ...] = (
    Absence,
    Account,
    Availability,
    Busy,
    BusyBlock,
    CalendarWrite,
    Connection,
    Expertise,
    OwnPart,
    ReminderChoice,
    TableWish,
    TopicWish,
)
"""Rows that are about the person and nothing else."""

_STILL_HERE = Sentence(
    "Deze medewerker werkt hier nog. Laat diegene eerst niet meer binnen.",
    "This colleague still works here. Let them in no more first.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was taken away: rows, texts of answers, and acts whose texts are gone from the log."""

    rows: int
    answers: int
    acts: int


def erase_person(
    session: Session, actor: Actor, key: SecretKey, representative_id: str, *, at: datetime
) -> Erased:
    """Take a representative out of everything but the identifier; done twice, it is done.

    They are planned for nothing more from today on; what they were still to attend needs somebody
    else, which the next plan sees to.

    Raises:
        NotAllowed: the actor may not erase.
        NotFound: there is no such representative.
    """
    actor.must(Right.ERASE)
    person = session.get(Representative, representative_id)
    if person is None:
        raise NotFound("afgevaardigde", representative_id)
    rows = sum(_delete(session, table, representative_id) for table in _THEIRS)
    rows += _close_ways_in(session, representative_id)
    rows += _forget_input(session, person)
    answers = _forget_answers(session, representative_id)
    acts = blank_acts(session, actor, key, _acts_of(session, representative_id))
    _make_nobody(session, person, at)
    audits.record(session, actor, "erase", noun="person", noun_id=representative_id, at=at)
    session.flush()
    session.expire_all()
    return Erased(rows=rows, answers=answers, acts=acts)


def erase_colleague(
    session: Session, actor: Actor, key: SecretKey, staff_id: str, *, at: datetime
) -> Erased:
    """Take the name of somebody who worked here out of the log.

    Raises:
        NotAllowed: the actor may not erase.
        NotFound: nobody of this identifier ever worked here.
        BadInput: they still do.
    """
    actor.must(Right.ERASE)
    row = session.get(Staff, staff_id)
    if row is None:
        raise NotFound("medewerker", staff_id)
    if row.ended_at is None:
        raise BadInput(_STILL_HERE)
    row.name = NO_COLLEAGUE
    acts = blank_acts(session, actor, key, _acts_of(session, staff_id))
    audits.record(session, actor, "erase", noun="staff", noun_id=staff_id, at=at)
    session.flush()
    return Erased(rows=0, answers=0, acts=acts)


def _delete(session: Session, table: type[Row], person: str) -> int:
    owner = col(vars(table)["representative_id"])
    query = delete(table).where(owner == person)
    return int(session.exec(query.execution_options(synchronize_session=False)).rowcount)


def _close_ways_in(session: Session, person: str) -> int:
    """Feeds, sessions, links and addresses; mail that is still on its way isn't sent."""
    addresses = select(MailAddress.id).where(MailAddress.representative_id == person)
    session.exec(
        update(Outgoing)
        .where(
            col(Outgoing.recipient_id).in_(addresses),
            col(Outgoing.state).in_([MailState.HELD, MailState.WAITING]),
        )
        .values(state=MailState.WITHDRAWN)
        .execution_options(synchronize_session=False)
    )
    session.exec(
        update(Outgoing)
        .where(col(Outgoing.recipient_id).in_(addresses))
        .values(message=None, failure="")
        .execution_options(synchronize_session=False)
    )
    gone = _delete(session, MailAddress, person)
    own = {"kind": FeedKind.REPRESENTATIVE, "subject_id": person}
    for feed in session.exec(select(Feed).filter_by(**own)).all():
        session.delete(feed)
        gone += 1
    for way in (SignInLink, Browser, OfficeAccount, TableFollow):
        query = delete(way).where(
            col(way.role) == Role.REPRESENTATIVE, col(way.subject_id) == person
        )
        gone += int(session.exec(query).rowcount)
    session.flush()
    return gone


def _forget_answers(session: Session, person: str) -> int:
    """Yes and no stay, as they are the plan's history; what was said with them goes."""
    query = (
        update(Answer)
        .where(col(Answer.representative_id) == person, col(Answer.comment) != "")
        .values(comment="")
        .execution_options(synchronize_session=False)
    )
    return int(session.exec(query).rowcount)


def _forget_input(session: Session, person: Representative) -> int:
    """What the organisation said stays its own; who prepared or confirmed it goes."""
    session.exec(
        update(InputVersion)
        .where(
            col(InputVersion.organisation_id) == person.organisation_id,
            col(InputVersion.given_by) == person.label,
        )
        .values(given_by=NOBODY)
        .execution_options(synchronize_session=False)
    )
    drafts = delete(InputDraft).where(col(InputDraft.author) == person.id)
    return int(session.exec(drafts.execution_options(synchronize_session=False)).rowcount)


def _acts_of(session: Session, who: str) -> list[Audit]:
    query = select(Audit).where(or_(col(Audit.actor_id) == who, col(Audit.noun_id) == who))
    return list(session.exec(query))


def _make_nobody(session: Session, person: Representative, at: datetime) -> None:
    today = local(at).date()
    person.label, person.shows_label = NOBODY, False
    person.home_id = _anywhere(session)
    person.bond, person.experience = Bond.VOLUNTEER, Experience.EXPERIENCED
    person.paid_job, person.online, person.always_available = False, True, False
    person.target_minutes_per_year = 1
    person.max_minutes_per_week = person.max_travel_minutes = None
    person.max_meetings_per_week = person.max_meetings_per_month = None
    person.max_office_hours_meetings_per_week = None
    person.max_office_hours_meetings_per_month = None
    person.calendar_written_at = None
    person.first_day = person.only_topics = person.companion_id = None
    person.trial_first_day = person.trial_last_day = None
    person.last_day = min(today, person.last_day or today)


def _anywhere(session: Session) -> str:
    """A place that is nobody's home: where the province meets, or the first there is."""
    place = people.the_province(session).place_id
    return place or session.exec(select(Place.id).order_by(Place.id)).first() or ""
