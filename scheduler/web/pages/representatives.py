"""Representatives and their duties: all of them for the coordinator, each their own."""

from fastapi import APIRouter, Response

from scheduler.db import people
from scheduler.db.views import MeetingFilter, MeetingView
from scheduler.flows.continuity import task_of
from scheduler.web.coming import coming, grouped, people_at
from scheduler.web.context import Coordinating, SignedIn
from scheduler.web.rendering import page

router = APIRouter()

_MOST = 25
"""How many duties are listed; the plan has them all."""


@router.get("/afgevaardigden")
def representatives(visit: Coordinating) -> Response:
    """Everybody, with how many meetings are coming."""
    return page(
        visit,
        "representatives.html",
        tab="gegevens",
        people=people.representatives(visit.session, visit.who),
        duties=grouped(coming(visit), people_at),
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
        tab="gegevens" if visit.who.sees_all else "ik",
        person=person,
        task=task_of(visit.session, visit.who, representative_id),
        today=visit.today,
        attending=tuple(each for each in duties if not _stands_by(each, representative_id)),
        standby=standby,
        most=_MOST,
    )


def _stands_by(meeting: MeetingView, representative_id: str) -> bool:
    return meeting.deputy is not None and meeting.deputy.representative_id == representative_id
