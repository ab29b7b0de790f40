"""Being asked to stand in: one press on the page of a mailed link, also for who is signed in."""

from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from scheduler.domain.errors import BadInput, Sentence
from scheduler.domain.links import Links
from scheduler.domain.terms import StandInState, Way
from scheduler.flows.attending.mailed_links import open_stand_in_link
from scheduler.flows.stand_in.answer import decline_stand_in, step_in
from scheduler.flows.stand_in.ask import deadline
from scheduler.web.context import Anyone, Visit
from scheduler.web.plans.roster import shelf_of
from scheduler.web.rendering import page

router = APIRouter()

_CHOOSE = Sentence("Kies ja of nee.", "Choose yes or no.")


@router.get("/invallen/{token}")
def look(visit: Anyone, token: str) -> Response:
    """What is asked, or who goes already. Looking changes nothing."""
    found = open_stand_in_link(visit.session, Links(visit.context.key), token, at=visit.at)
    request, person = found.request, found.actor.subject or ""
    taken_by = request.taken_by
    own = request.asks(person)
    hours = visit.context.settings.planning.stand_in_hours
    answered = page(
        visit,
        "stand_in.html",
        tab="nu",
        m=found.meeting,
        request=request,
        own=own,
        token=token,
        mine=taken_by is not None and taken_by.id == person,
        open=request.state is StandInState.OPEN and found.meeting.starts_at > visit.at,
        until=deadline(request.asked_at, found.meeting.starts_at, hours=hours),
    )
    answered.headers["Cache-Control"] = "no-store"
    return answered


@router.post("/invallen/{token}")
def answer(visit: Anyone, token: str, antwoord: Annotated[str, Form()] = "") -> Response:
    """Take the place, or say no."""
    found = open_stand_in_link(visit.session, Links(visit.context.key), token, at=visit.at)
    if antwoord == "ja":
        step_in(
            visit.session,
            found.actor,
            shelf_of(visit),
            found.request.id,
            way=_way(visit),
            at=visit.at,
        )
    elif antwoord == "nee":
        decline_stand_in(visit.session, found.actor, found.request.id, at=visit.at)
    else:
        raise BadInput(_CHOOSE)
    return RedirectResponse(f"/invallen/{token}", status_code=303)


def _way(visit: Visit) -> Way:
    return Way.MAIL if visit.actor is None else Way.PAGE
