"""Answering from the mail, without an account. Looking changes nothing: link scanners look too."""

from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from scheduler.db.stand_ins import newest_of
from scheduler.domain.errors import BadInput
from scheduler.domain.terms import Choice
from scheduler.flows.attending.answer_invitation import answer_invitation
from scheduler.web.context import Anyone, Visit
from scheduler.web.pages.answering import CHOICES, UNKNOWN_CHOICE
from scheduler.web.rendering import page
from scheduler.web.requests.invited import Invited, by_link

router = APIRouter()


@router.get("/antwoord/{token}")
def look(visit: Anyone, token: str, klaar: str = "") -> Response:
    """The meeting with the three answers."""
    return _page(visit, by_link(visit, token), done=bool(klaar))


@router.post("/antwoord/{token}")
def answer(visit: Anyone, token: str, antwoord: Annotated[str, Form()] = "") -> Response:
    """Record the answer; after a no the next page offers what can be done, and asks nothing."""
    invited = by_link(visit, token)
    if antwoord not in CHOICES:
        raise BadInput(UNKNOWN_CHOICE)
    choice = CHOICES[antwoord]
    answer_invitation(
        visit.session,
        invited.actor,
        invited.meeting.id,
        choice,
        way=invited.way,
        at=visit.at,
        comment=invited.said.comment if invited.said else "",
    )
    onward = "/ik-kan-niet" if choice is Choice.NO else "?klaar=ja"
    return RedirectResponse(f"{invited.base}{onward}", status_code=303)


def _page(visit: Visit, invited: Invited, *, done: bool) -> Response:
    meeting = invited.meeting
    everybody = (*meeting.attendees, *filter(None, [meeting.deputy]))
    own = next(each for each in everybody if each.representative_id == invited.person)
    answered = page(
        visit,
        "answer_link.html",
        m=meeting,
        invited=invited,
        own=own,
        spoken=[each.name for each in meeting.spoken_for(own.organisation.id)],
        done=done and invited.said is not None,
        request=newest_of(visit.session, invited.actor, invited.person, meeting.id),
    )
    answered.headers["Cache-Control"] = "no-store"
    return answered
