"""Bodies that ask: what is coming, who comes for whom, who sits where, and who lives there."""

from collections.abc import Iterable

from fastapi import APIRouter, Response

from scheduler.db import people
from scheduler.db.views import DwellingsView, MeetingFilter, MeetingView
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import Level, Role
from scheduler.flows.mail.contact_persons import contact_functions
from scheduler.web.bodies import title_of
from scheduler.web.coming import coming, grouped
from scheduler.web.context import Coordinating, SignedIn, Visit
from scheduler.web.plans.seating import seating
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
    body = Actor(Role.MUNICIPALITY, code)
    if visit.who != body and not visit.who.sees_all:
        raise NotFound("gemeente", code)
    people.municipality(visit.session, code)
    return body_page(visit, body, tab="gegevens" if visit.who.sees_all else "nu")


def body_page(visit: Visit, body: Actor, *, tab: str) -> Response:
    """The page of a body that asks; the caller has judged whose it is."""
    meetings = coming(visit, _meetings_of(body))
    code = body.subject if body.role is Role.MUNICIPALITY else None
    return page(
        visit,
        "municipality.html",
        tab=tab,
        name=title_of(visit.session, body),
        code=code,
        is_own=visit.who == body,
        plan=f"/rooster?gemeente={code}" if code else "/rooster",
        coming=meetings,
        gaps=tuple(meeting for meeting in meetings if meeting.has_gap),
        most=_MOST,
        tables=seating(people.tables(visit.session, body), meetings),
        contacts=contact_functions(visit.session, visit.who, body),
        dwellings=_dwellings(visit, body),
        by_town=body.role is Role.CORPORATION,
        calendar=f"/agenda/gemeente/{code}" if code else "/agenda" if visit.who == body else "",
    )


def _meetings_of(body: Actor) -> MeetingFilter:
    match body.role:
        case Role.MUNICIPALITY:
            return MeetingFilter(municipality=body.subject)
        case Role.CORPORATION:
            return MeetingFilter(level=Level.CORPORATION)
        case _:
            return MeetingFilter(level=Level.PROVINCE)


def _dwellings(visit: Visit, body: Actor) -> tuple[DwellingsView, ...]:
    if body.role is Role.MUNICIPALITY:
        return people.dwellings_in(visit.session, body.subject or "")
    if body.role is Role.CORPORATION:
        return people.dwellings_of(visit.session, body.subject or "")
    return ()


def _where(meeting: MeetingView) -> Iterable[str]:
    if meeting.municipality:
        yield meeting.municipality.id
