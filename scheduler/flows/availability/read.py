"""Read what somebody says about being asked out of the rows."""

from datetime import time

from sqlmodel import Session, select

from scheduler.db import people, tables
from scheduler.domain.access import Actor
from scheduler.flows.availability.own import MIDNIGHT, Absent, Hours, OwnAvailability


def own_availability(session: Session, actor: Actor, representative_id: str) -> OwnAvailability:
    """What this person says; NotFound where it isn't the actor's to see."""
    people.representative(session, actor, representative_id)
    row = session.get_one(tables.Representative, representative_id)
    wishes = _wishes(session, representative_id)
    return OwnAvailability(
        hours=None if row.always_available else _hours(session, representative_id),
        absent=_absent(session, representative_id),
        office_hours_per_week=row.max_office_hours_meetings_per_week,
        per_month=row.max_meetings_per_month,
        travel_minutes=row.max_travel_minutes,
        online=row.online,
        paid_job=row.paid_job,
        prefers=frozenset(table for table, prefers in wishes.items() if prefers),
        avoids=frozenset(table for table, prefers in wishes.items() if not prefers),
        topics=_topics(session, representative_id),
        last_day=row.last_day,
    )


def _hours(session: Session, person: str) -> tuple[Hours, ...]:
    rows = session.exec(
        select(tables.Availability).where(tables.Availability.representative_id == person)
    )
    return tuple(
        sorted(
            Hours(
                row.weekday,
                _minute(row.starts),
                MIDNIGHT if row.ends_at_midnight else _minute(row.ends),
            )
            for row in rows
        )
    )


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _absent(session: Session, person: str) -> tuple[Absent, ...]:
    rows = session.exec(select(tables.Absence).where(tables.Absence.representative_id == person))
    return tuple(sorted(Absent(row.first_day, row.last_day) for row in rows))


def _wishes(session: Session, person: str) -> dict[str, bool]:
    query = select(tables.TableWish).where(tables.TableWish.representative_id == person)
    return {row.table_id: row.prefers for row in session.exec(query)}


def _topics(session: Session, person: str) -> frozenset[str]:
    query = select(tables.TopicWish.topic).where(tables.TopicWish.representative_id == person)
    return frozenset(session.exec(query))
