"""Municipalities: what is coming, who comes for whom, and which organisations live there."""

from collections.abc import Iterable

from fastapi import APIRouter, Response

from scheduler.db import people
from scheduler.db.views import MeetingFilter, MeetingView
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import Role
from scheduler.web.coming import coming, grouped
from scheduler.web.context import Coordinating, SignedIn, Visit
from scheduler.web.rendering import page

router = APIRouter()

_MOST = 25
"""How many coming meetings are listed; the plan has them all."""


@router.get("/gemeenten")
def municipalities(visit: Coordinating) -> Response:
    """All municipalities, with what is coming in each."""
    return page(
        visit,
        "municipalities.html",
        tab="gegevens",
        municipalities=people.municipalities(visit.session),
        meetings=grouped(coming(visit), _where),
    )


@router.get("/gemeente/{code}")
def municipality(visit: SignedIn, code: str) -> Response:
    """One municipality, by its CBS code; a municipality sees only itself."""
    return municipality_page(visit, code, tab="gegevens" if visit.who.plans_for_all else "nu")


def municipality_page(visit: Visit, code: str, *, tab: str) -> Response:
    """The page of a municipality; NotFound where it isn't there or isn't the visitor's."""
    own = visit.who.role is Role.MUNICIPALITY and visit.who.subject == code
    if not (own or visit.who.plans_for_all):
        raise NotFound("gemeente", code)
    found = people.municipality(visit.session, code)
    meetings = coming(visit, MeetingFilter(municipality=code))
    return page(
        visit,
        "municipality.html",
        tab=tab,
        municipality=found,
        coming=meetings,
        gaps=tuple(meeting for meeting in meetings if meeting.has_gap),
        most=_MOST,
        dwellings=people.dwellings_in(visit.session, code),
    )


def _where(meeting: MeetingView) -> Iterable[str]:
    if meeting.municipality:
        yield meeting.municipality.id
