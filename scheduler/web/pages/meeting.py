"""One meeting: who comes, on whose behalf, where, and what that is to the visitor."""

from fastapi import APIRouter, Response

from scheduler.db import people, published
from scheduler.db.answers import answers_to, taken_out
from scheduler.db.views import Attendance, MeetingView
from scheduler.domain.terms import Role
from scheduler.flows.own_part import OwnState, own_part
from scheduler.web.coming import people_at
from scheduler.web.context import SignedIn, Visit
from scheduler.web.rendering import page

router = APIRouter()


@router.get("/overleg/{meeting_id}")
def meeting(visit: SignedIn, meeting_id: str) -> Response:
    """The meeting's page; a meeting that isn't the visitor's to see is as absent as no meeting."""
    found = published.published_meeting(visit.session, visit.who, meeting_id)
    own = next((each for each in _everybody(found) if _is(visit, each.representative_id)), None)
    return page(
        visit,
        "meeting.html",
        tab="rooster",
        m=found,
        part=own.part if own else None,
        online=own.online if own else False,
        spoken=_spoken(visit, found) if own else [],
        links_municipality=visit.who.role is not Role.REPRESENTATIVE,
        publication=published.latest_publication(visit.session),
        asked=_asked(visit, found),
        answers=answers_to(visit.session, visit.who, meeting_id),
        out=taken_out(visit.session, visit.who),
    )


def _asked(visit: Visit, meeting: MeetingView) -> OwnState | None:
    """How it stands in the visitor's own calendar, where the visitor is asked to it."""
    subject = visit.who.subject
    if visit.who.role is not Role.REPRESENTATIVE or subject not in people_at(meeting):
        return None
    return own_part(visit.session, subject or "", meeting)


def _everybody(meeting: MeetingView) -> list[Attendance]:
    return [*meeting.attendees, *([meeting.deputy] if meeting.deputy else [])]


def _is(visit: Visit, representative_id: str) -> bool:
    return visit.who.role is Role.REPRESENTATIVE and visit.who.subject == representative_id


def _spoken(visit: Visit, meeting: MeetingView) -> list[str]:
    me = people.representative(visit.session, visit.who, visit.who.subject or "")
    return [each.name for each in meeting.spoken_for(me.organisation.id)]
