"""What one's own organisation wants said: prepared together, confirmed by one of them.

The same page stands behind a mailed link. Looking changes nothing: link scanners look too.
"""

from fastapi import APIRouter, Response

from scheduler.web.context import Anyone, SignedIn
from scheduler.web.input.own import by_link, signed_in
from scheduler.web.requests.forms import SentForm

router = APIRouter()


@router.get("/overleg/{meeting_id}/onze-inbreng")
def look(visit: SignedIn, meeting_id: str, van: str = "", klaar: str = "") -> Response:
    """The form, filled in as far as it was; `van` takes over a colleague's."""
    return signed_in(visit, meeting_id).show(of=van, done=klaar)


@router.post("/overleg/{meeting_id}/onze-inbreng")
def send(visit: SignedIn, meeting_id: str, sent: SentForm) -> Response:
    """Put by, or confirm."""
    return signed_in(visit, meeting_id).send(sent)


@router.get("/inbreng/{token}")
def look_by_link(visit: Anyone, token: str, van: str = "", klaar: str = "") -> Response:
    """The same for the holder of a mailed link."""
    return by_link(visit, token).show(of=van, done=klaar)


@router.post("/inbreng/{token}")
def send_by_link(visit: Anyone, token: str, sent: SentForm) -> Response:
    """Put by, or confirm, without signing in."""
    return by_link(visit, token).send(sent)


@router.get("/inbreng/{token}/stuk/{paper_id}")
def paper_by_link(visit: Anyone, token: str, paper_id: str) -> Response:
    """A paper to read before answering."""
    return by_link(visit, token).paper(paper_id)
