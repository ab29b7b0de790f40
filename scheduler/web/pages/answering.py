"""Saying yes, perhaps or no to a meeting, and what becomes of it in one's own calendar."""

from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from scheduler.domain.errors import BadInput, NotFound, Sentence
from scheduler.domain.terms import Choice, Role, Way
from scheduler.flows.attending.answer_invitation import answer_invitation
from scheduler.flows.attending.own_part import put_back, take_out
from scheduler.web.context import SignedIn, Visit

router = APIRouter()

CHOICES = {"ja": Choice.YES, "misschien": Choice.PERHAPS, "nee": Choice.NO}
UNKNOWN_CHOICE = Sentence("Kies ja, misschien of nee.", "Choose yes, perhaps or no.")
_NO_SUCH_WISH = Sentence("Kies een van de knoppen.", "Choose one of the buttons.")


@router.post("/overleg/{meeting_id}/antwoord")
def answer(
    visit: SignedIn,
    meeting_id: str,
    antwoord: Annotated[str, Form()] = "",
    toelichting: Annotated[str, Form()] = "",
) -> Response:
    """Record an answer; the representative can change it until the meeting is over."""
    if antwoord not in CHOICES:
        raise BadInput(UNKNOWN_CHOICE)
    answer_invitation(
        visit.session,
        visit.who,
        meeting_id,
        CHOICES[antwoord],
        way=Way.PAGE,
        at=visit.at,
        comment=toelichting.strip(),
    )
    if CHOICES[antwoord] is Choice.NO and visit.who.role is Role.REPRESENTATIVE:
        return RedirectResponse(f"/overleg/{meeting_id}/ik-kan-niet", status_code=303)
    return _back(meeting_id)


@router.post("/overleg/{meeting_id}/in-agenda")
def in_calendar(visit: SignedIn, meeting_id: str, wens: Annotated[str, Form()] = "") -> Response:
    """Put a meeting back into one's calendar, or keep it out for good."""
    _must_be_representative(visit)
    if wens == "terug":
        put_back(visit.session, visit.who, meeting_id, at=visit.at)
    elif wens == "weg":
        take_out(visit.session, visit.who, meeting_id, at=visit.at, for_good=True)
    else:
        raise BadInput(_NO_SUCH_WISH)
    return _back(meeting_id)


def _must_be_representative(visit: Visit) -> None:
    if visit.who.role is not Role.REPRESENTATIVE:
        raise NotFound("overleg")


def _back(meeting_id: str) -> Response:
    return RedirectResponse(f"/overleg/{meeting_id}", status_code=303)
