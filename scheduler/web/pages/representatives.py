"""Representatives and their duties: all of them for the coordinator, each their own."""

from collections.abc import Iterable

from fastapi import APIRouter, Response

from scheduler.db import people
from scheduler.db.views import MeetingFilter, MeetingView
from scheduler.web.coming import coming, grouped
from scheduler.web.context import Coordinating, SignedIn
from scheduler.web.rendering import page

router = APIRouter()


@router.get("/afgevaardigden")
def representatives(visit: Coordinating) -> Response:
    """Everybody, with how many meetings are coming."""
    return page(
        visit,
        "representatives.html",
        tab="afgevaardigden",
        people=people.representatives(visit.session, visit.who),
        duties=grouped(coming(visit), _who),
    )


@router.get("/afgevaardigde/{representative_id}")
def representative(visit: SignedIn, representative_id: str) -> Response:
    """One representative's page."""
    person = people.representative(visit.session, visit.who, representative_id)
    duties = coming(visit, MeetingFilter(representative=representative_id))
    standby = tuple(meeting for meeting in duties if _stands_by(meeting, representative_id))
    return page(
        visit,
        "representative.html",
        tab="afgevaardigden" if visit.who.plans_for_all else "ik",
        person=person,
        attending=tuple(meeting for meeting in duties if meeting not in standby),
        standby=standby,
    )


def _who(meeting: MeetingView) -> Iterable[str]:
    yield from (each.representative_id for each in meeting.attendees)
    if meeting.deputy:
        yield meeting.deputy.representative_id


def _stands_by(meeting: MeetingView, representative_id: str) -> bool:
    return meeting.deputy is not None and meeting.deputy.representative_id == representative_id
