"""What has been: meetings whose published time has begun, and who attended them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from scheduler.db.tables import PublishedAttendance, PublishedMeeting
from scheduler.domain.terms import MeetingState, Part
from scheduler.domain.times import local_midnight
from solver.problem import Horizon


@dataclass(frozen=True, slots=True)
class Held:
    """When a meeting was held, and by whom; nobody who only stood by."""

    starts_at: datetime
    ends_at: datetime
    attendees: tuple[str, ...]


def held_meetings(session: Session, horizon: Horizon, as_of: datetime) -> dict[str, Held]:
    """The published meetings of the horizon that have begun by `as_of` and that anyone attended."""
    begun = (
        col(PublishedMeeting.last_publication).is_(None),
        PublishedMeeting.state == MeetingState.PLANNED,
        col(PublishedMeeting.starts_at) >= local_midnight(horizon.first_day),
        col(PublishedMeeting.ends_at) <= local_midnight(horizon.last_day + timedelta(days=1)),
        col(PublishedMeeting.starts_at) <= as_of,
    )
    attended = (
        select(PublishedAttendance)
        .join(PublishedMeeting)
        .where(*begun, PublishedAttendance.part == Part.ATTENDEE)
        .order_by(PublishedAttendance.representative_id)
    )
    people: dict[int, list[str]] = defaultdict(list)
    for row in session.exec(attended):
        people[row.published_meeting_id].append(row.representative_id)
    rows = session.exec(
        select(PublishedMeeting).where(*begun).order_by(PublishedMeeting.meeting_id)
    )
    return {
        row.meeting_id: Held(row.starts_at, row.ends_at, tuple(people[row.id]))
        for row in rows
        if row.id in people
    }
