"""After a publication: which requests are confirmed now, and which are open again."""

from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.db.tables import MeetingRequest, PublishedAttendance, PublishedMeeting, Slot
from scheduler.domain.requests import Step, after
from scheduler.domain.terms import EventKind, MeetingState, Part, RequestState
from scheduler.flows.mail.tell_bodies import tell_of_request

_TOLD = {Step.CONFIRM: EventKind.REQUEST_CONFIRMED, Step.LOOSEN: EventKind.REQUEST_REOPENED}
_LIVE = (RequestState.PLANNED, RequestState.CONFIRMED)


def settle_requests(session: Session, *, at: datetime) -> None:
    """Confirm the requests whose meeting stands in the plan in force with somebody to attend it.

    It has to stand there at one of the times now asked for: what was published before a move says
    nothing about the new time. The others that were confirmed are planned again.
    """
    session.flush()
    attended = _attended(session)
    rows = session.exec(select(MeetingRequest).where(col(MeetingRequest.state).in_(_LIVE)))
    for row in rows.all():
        step = Step.CONFIRM if row.meeting_id in attended else Step.LOOSEN
        if (row.state is RequestState.PLANNED) == (step is Step.CONFIRM):
            row.state, row.changed_at = after(row.state, step), at
            tell_of_request(session, row, _TOLD[step], at=at)


def _attended(session: Session) -> set[str]:
    query = (
        select(PublishedMeeting.meeting_id)
        .join(PublishedAttendance)
        .join(Slot, col(Slot.meeting_id) == col(PublishedMeeting.meeting_id))
        .where(
            col(PublishedMeeting.last_publication).is_(None),
            PublishedMeeting.state == MeetingState.PLANNED,
            PublishedAttendance.part == Part.ATTENDEE,
            Slot.starts_at == PublishedMeeting.starts_at,
            Slot.ends_at == PublishedMeeting.ends_at,
        )
    )
    return set(session.exec(query))
