"""What must stand in a representative's calendar now, for a program to compare with."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from calendars.entry import Entry
from calendars.ical import CANCELLED_PREFIX
from scheduler.db import people
from scheduler.db.feeds import Subject
from scheduler.domain.access import Actor
from scheduler.domain.terms import FeedKind
from scheduler.flows.attending.own_meetings import own_meetings
from scheduler.flows.calendar_builder import Publisher, calendar_entries
from scheduler.settings import Feeds


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarLine:
    """One event; instants in UTC, the end isn't included; `status` as iCalendar writes it."""

    uid: str
    start: datetime
    end: datetime
    summary: str
    sequence: int
    status: str


def calendar_lines(
    session: Session,
    actor: Actor,
    representative_id: str,
    window: Feeds,
    publisher: Publisher,
    *,
    at: datetime,
) -> tuple[CalendarLine, ...]:
    """A representative's calendar over the days that feeds hold, without what they took out.

    Raises:
        NotFound: there is no such representative, or it isn't the actor's to see.
    """
    person = people.representative(session, actor, representative_id)
    own = own_meetings(session, person.id, publisher)
    hidden = {each.entry.uid for each in own if each.hidden}
    subject = Subject(FeedKind.REPRESENTATIVE, person.id, person.label)
    entries = calendar_entries(session, subject, window, publisher, at=at)
    return tuple(_line(entry) for entry in entries if entry.uid not in hidden)


def _line(entry: Entry) -> CalendarLine:
    cancelled = entry.standing.value == "cancelled"
    return CalendarLine(
        uid=entry.uid,
        start=entry.starts_at,
        end=entry.ends_at,
        summary=f"{CANCELLED_PREFIX if cancelled else ''}{entry.title}",
        sequence=entry.revision,
        status=entry.standing.value.upper(),
    )
