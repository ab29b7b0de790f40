"""Keep what somebody says about being asked, in the log with its way back."""

from collections.abc import Iterator
from datetime import datetime, time

from sqlmodel import Session, col, delete, select

from scheduler.db import audits, tables
from scheduler.domain.access import Actor
from scheduler.domain.errors import NothingToDo, Sentence
from scheduler.flows.availability.own import MIDNIGHT, OwnAvailability
from scheduler.flows.availability.read import own_availability

NOUN = "availability"

_NOTHING = Sentence(
    "Er is niets om terug te zetten. Er is niets veranderd.",
    "There is nothing to put back. Nothing has changed.",
)


def record_availability(
    session: Session,
    actor: Actor,
    representative_id: str,
    wanted: OwnAvailability,
    *,
    at: datetime,
) -> bool:
    """Let this be what somebody says; tells whether that is anything new.

    Args:
        session: the session; the caller commits.
        actor: the representative, or who plans for all.
        representative_id: whose it is.
        wanted: everything that this person says from now on.
        at: now.

    Raises:
        NotFound: there is no such representative, or it isn't the actor.
    """
    return _keep(session, actor, representative_id, wanted, act="change", at=at)


def last_change(session: Session, actor: Actor, representative_id: str) -> tables.Audit | None:
    """The change that can be taken back: the newest, unless it was itself a taking back."""
    own_availability(session, actor, representative_id)
    query = select(tables.Audit).where(
        tables.Audit.noun == NOUN, tables.Audit.noun_id == representative_id
    )
    newest = session.exec(query.order_by(col(tables.Audit.id).desc())).first()
    return newest if newest is not None and newest.act == "change" else None


def undo_availability(
    session: Session, actor: Actor, representative_id: str, change_id: int, *, at: datetime
) -> None:
    """Put back what stood before the newest change; the same form sent twice does it once.

    Raises:
        NotFound: it isn't the actor's.
        NothingToDo: that isn't the newest change, or was taken back already.
    """
    change = last_change(session, actor, representative_id)
    if change is None or change.id != change_id or change.before is None:
        raise NothingToDo(_NOTHING)
    before = OwnAvailability.from_texts(change.before)
    _keep(session, actor, representative_id, before, act="undo", at=at)


def _keep(
    session: Session,
    actor: Actor,
    representative_id: str,
    wanted: OwnAvailability,
    *,
    act: str,
    at: datetime,
) -> bool:
    now = own_availability(session, actor, representative_id)
    if now == wanted:
        return False
    _write(session, representative_id, wanted)
    audits.record(
        session,
        actor,
        act,
        noun=NOUN,
        noun_id=representative_id,
        at=at,
        before=now.as_texts(),
        after=wanted.as_texts(),
    )
    return True


def _write(session: Session, person: str, wanted: OwnAvailability) -> None:
    row = session.get_one(tables.Representative, person)
    row.always_available = wanted.hours is None
    row.max_office_hours_meetings_per_week = wanted.office_hours_per_week
    row.max_meetings_per_month = wanted.per_month
    row.max_travel_minutes = wanted.travel_minutes
    row.online, row.paid_job = wanted.online, wanted.paid_job
    row.last_day = wanted.last_day
    for kind in (tables.Availability, tables.Absence, tables.TableWish, tables.TopicWish):
        session.exec(delete(kind).where(col(kind.representative_id) == person))
    session.add_all(_rows(person, wanted))
    session.flush()


def _rows(person: str, wanted: OwnAvailability) -> Iterator[tables.Row]:
    for hours in wanted.hours or ():
        to_midnight = hours.end == MIDNIGHT
        yield tables.Availability(
            representative_id=person,
            weekday=hours.weekday,
            starts=_clock(hours.start),
            ends=time() if to_midnight else _clock(hours.end),
            ends_at_midnight=to_midnight,
        )
    for absent in dict(wanted.absent).items():
        yield tables.Absence(representative_id=person, first_day=absent[0], last_day=absent[1])
    for table in sorted(wanted.prefers | wanted.avoids):
        yield tables.TableWish(
            representative_id=person, table_id=table, prefers=table in wanted.prefers
        )
    for topic in sorted(wanted.topics):
        yield tables.TopicWish(representative_id=person, topic=topic)


def _clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)
