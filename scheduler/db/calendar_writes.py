"""What changed in a representative's calendars besides publications, by a count of their own."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select, update

from scheduler.db.tables import CalendarWrite, Representative
from scheduler.domain.errors import NotFound


@dataclass(frozen=True, slots=True)
class LastWrite:
    """How far somebody's count has come, and when it did; None before the first."""

    number: int
    at: datetime | None


def begin(session: Session, representative_id: str, *, at: datetime) -> int:
    """The next number of the count; from here on nobody else writes for this person.

    The count goes first, before anything is read: SQLite's one writer and PostgreSQL's row lock
    both keep what is read next from changing before the commit.

    Raises:
        NotFound: there is no such representative.
    """
    counted = session.execute(
        update(Representative)
        .where(col(Representative.id) == representative_id)
        .values(
            calendar_writes=col(Representative.calendar_writes) + 1,
            calendar_written_at=at,
        )
        .execution_options(synchronize_session=False)
    )
    if not getattr(counted, "rowcount", 0):
        raise NotFound("afgevaardigde", representative_id)
    return last(session, representative_id).number


def note(
    session: Session, representative_id: str, calendar: str, href: str, *, number: int
) -> None:
    """Remember that this writing changed an item."""
    session.merge(
        CalendarWrite(
            representative_id=representative_id, calendar=calendar, href=href, number=number
        )
    )
    session.flush()


def last(session: Session, representative_id: str) -> LastWrite:
    """How far the count has come."""
    query = select(Representative.calendar_writes, Representative.calendar_written_at)
    found = session.exec(query.where(Representative.id == representative_id)).first()
    return LastWrite(*found) if found else LastWrite(0, None)


def numbers(session: Session, representative_id: str, calendar: str) -> dict[str, int]:
    """Which writing changed each item last."""
    query = select(CalendarWrite.href, CalendarWrite.number).where(
        CalendarWrite.representative_id == representative_id, CalendarWrite.calendar == calendar
    )
    return dict(session.exec(query).all())


def changed_since(
    session: Session, representative_id: str, calendar: str, number: int
) -> frozenset[str]:
    """The items that changed after a writing."""
    known = numbers(session, representative_id, calendar)
    return frozenset(href for href, changed in known.items() if changed > number)
