"""Coming along to a meeting to learn, or not after all."""

from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from scheduler.domain.errors import BadInput, Sentence
from scheduler.flows.attending.shadow import come_along, stay_away
from scheduler.web.context import SignedIn

router = APIRouter()

_CHOOSE = Sentence("Kies een van de knoppen.", "Choose one of the buttons.")
_ACTS = {"mee": come_along, "toch-niet": stay_away}


@router.post("/overleg/{meeting_id}/meelopen")
def act(
    visit: SignedIn,
    meeting_id: str,
    daad: Annotated[str, Form()] = "",
    wie: Annotated[str, Form()] = "",
) -> Response:
    """Let the visitor, or whom the coordinator names, come along or not."""
    if daad not in _ACTS:
        raise BadInput(_CHOOSE)
    person = wie or visit.who.subject or ""
    _ACTS[daad](
        visit.session, visit.who, meeting_id, person, at=visit.at, policy=visit.context.policy
    )
    return RedirectResponse(f"/overleg/{meeting_id}", status_code=303)
