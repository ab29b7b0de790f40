"""Call a meeting off or move it, by the coordinator; a request behind it follows."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, select

from scheduler.db import audits
from scheduler.db.tables import Meeting, MeetingRequest, RequestTime
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import MeetingState
from scheduler.flows.planning.meeting_slots import call_off, replace_slots
from scheduler.flows.requests.change_request import decline_request, move_request, read_reason
from scheduler.flows.requests.request_times import TypedTime, read_moved_times
from scheduler.flows.requests.requesting import Time
from scheduler.legal import LegalClock


def call_off_meeting(
    session: Session, actor: Actor, meeting_id: str, reason: str, *, at: datetime
) -> None:
    """Call a meeting off, by who plans for all; a request behind it is declined with the reason.

    Raises:
        NotAllowed, NotFound: it isn't the actor's to call off, or isn't there.
        BadRequest: there is no reason, or far too much of one.
    """
    actor.must_plan_for_all()
    meeting = session.get(Meeting, meeting_id)
    if meeting is None or meeting.state is MeetingState.CANCELLED:
        raise NotFound("overleg", meeting_id)
    query = select(MeetingRequest).where(MeetingRequest.meeting_id == meeting_id)
    row = session.exec(query).first()
    if row is not None:
        decline_request(session, actor, row.id, reason, at=at)
    read_reason(reason)
    call_off(session, meeting_id)
    audits.record(session, actor, "call off", noun="meeting", noun_id=meeting_id, at=at)
    session.flush()


def move_meeting(
    session: Session,
    actor: Actor,
    meeting_id: str,
    typed: tuple[TypedTime | Time, ...],
    *,
    legal: Sequence[LegalClock],
    at: datetime,
) -> None:
    """Give a meeting other possible times, by who plans for all; a request behind it follows.

    Raises:
        NotAllowed, NotFound: it isn't the actor's to move, or isn't there.
        BadRequest: the times can't be used.
    """
    actor.must_plan_for_all()
    meeting = session.get(Meeting, meeting_id)
    if meeting is None or meeting.state is MeetingState.CANCELLED:
        raise NotFound("overleg", meeting_id)
    query = select(MeetingRequest).where(MeetingRequest.meeting_id == meeting_id)
    row = session.exec(query).first()
    if row is not None:
        move_request(session, actor, row.id, typed, legal=legal, at=at)
    else:
        times = read_moved_times(typed, at=at)
        rows = [
            RequestTime(
                request_id="",
                position=number,
                day=time.day,
                starts_at=time.starts_at,
                ends_at=time.ends_at,
            )
            for number, time in enumerate(times)
        ]
        replace_slots(session, meeting_id, rows, at)
    audits.record(session, actor, "move", noun="meeting", noun_id=meeting_id, at=at)
    session.flush()
