"""Agreeing from the mail, without an account. Looking changes nothing: link scanners look too."""

from fastapi import APIRouter, Response

from scheduler.flows.mandates.links import open_mandate_link
from scheduler.web.context import Anyone
from scheduler.web.mandate_desk import office_of
from scheduler.web.pages.mandate import act_on, mandate_page
from scheduler.web.requests.forms import SentForm

router = APIRouter()


@router.get("/mandaat/{token}")
def look(visit: Anyone, token: str, klaar: str = "") -> Response:
    """The mandate, with what this board member can do."""
    mailed = open_mandate_link(visit.session, office_of(visit).links, token, at=visit.at)
    return mandate_page(visit, mailed.mandate, mailed.hand, f"/mandaat/{token}", done=klaar)


@router.post("/mandaat/{token}/{act}")
def do(visit: Anyone, token: str, act: str, sent: SentForm) -> Response:
    """Do it as this board member, whoever is signed in."""
    mailed = open_mandate_link(visit.session, office_of(visit).links, token, at=visit.at)
    return act_on(visit, mailed.hand, mailed.mandate.id, act, sent, base=f"/mandaat/{token}")
