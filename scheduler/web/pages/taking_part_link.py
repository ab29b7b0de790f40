"""Choosing from the mail, without an account. Looking changes nothing: link scanners look too."""

from fastapi import APIRouter, Response

from scheduler.flows.mandates.choice_letter import open_choice_link
from scheduler.web.context import Anyone
from scheduler.web.mandate_desk import office_of
from scheduler.web.pages.taking_part import choices_page, choose_by
from scheduler.web.requests.forms import Sent, SentForm

router = APIRouter()


@router.get("/waaraan-mee/{token}")
def look(visit: Anyone, token: str, klaar: str = "") -> Response:
    """What this member's organisation chose, and the form to choose anew."""
    hand = open_choice_link(visit.session, office_of(visit).links, token, at=visit.at)
    own, base = hand.actor.subject or "", f"/waaraan-mee/{token}"
    return choices_page(visit, hand.actor, own, Sent(texts={}), base=base, done=bool(klaar))


@router.post("/waaraan-mee/{token}")
def choose(visit: Anyone, token: str, sent: SentForm) -> Response:
    """Choose as this board member, whoever is signed in."""
    hand = open_choice_link(visit.session, office_of(visit).links, token, at=visit.at)
    return choose_by(visit, hand, hand.actor.subject or "", sent, f"/waaraan-mee/{token}")
