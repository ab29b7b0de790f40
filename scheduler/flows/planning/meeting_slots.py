"""What a change of times, or an end, does to a meeting and to the drafts that know it."""

from datetime import datetime

from sqlmodel import Session, col, delete, select

from scheduler.db.tables import Meeting, Pin, Plan, PlannedMeeting, RequestTime, Slot
from scheduler.domain.terms import MeetingState, PlanState
from scheduler.flows.requests.accept_request import slots


def replace_slots(
    session: Session, meeting_id: str, times: list[RequestTime], at: datetime
) -> None:
    """Give the meeting these slots, and take it out of plans that were made for the old ones.

    Raises:
        BadInput: no time lies ahead.
    """
    new = slots(meeting_id, times, at)
    session.exec(delete(Slot).where(col(Slot.meeting_id) == meeting_id))
    session.add_all(new)
    pins = session.exec(select(Pin).where(Pin.meeting_id == meeting_id))
    for pin in pins:
        pin.slot_position = None
    _leave_drafts(session, meeting_id)
    session.flush()


def call_off(session: Session, meeting_id: str | None) -> None:
    """Let the meeting of a request be off; nothing happens where there is none."""
    if meeting_id is not None:
        session.get_one(Meeting, meeting_id).state = MeetingState.CANCELLED


def _leave_drafts(session: Session, meeting_id: str) -> None:
    """A draft knows who could come at the old time; published, it would say so of the new one."""
    drafts = select(Plan.id).where(col(Plan.state) != PlanState.PUBLISHED)
    session.exec(
        delete(PlannedMeeting).where(
            col(PlannedMeeting.meeting_id) == meeting_id,
            col(PlannedMeeting.plan_id).in_(drafts),
        )
    )
