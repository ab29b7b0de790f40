"""A board chooses how often it gets a digest, and stops it from the mail with one press."""

from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from scheduler.db.mail_addresses import reaches_board
from scheduler.domain.errors import BadInput, NotFound, Sentence
from scheduler.domain.links import Links
from scheduler.domain.terms import DigestPace, Role
from scheduler.flows.digest.choice import (
    choose_digest,
    digest_of,
    open_digest_off,
    turn_digest_off,
)
from scheduler.web.context import Anyone, SignedIn, Visit
from scheduler.web.rendering import page

router = APIRouter()

PACES = {
    "nooit": DigestPace.OFF,
    "week": DigestPace.WEEKLY,
    "maand": DigestPace.MONTHLY,
}
"""How they are called in the form."""

_UNKNOWN = Sentence("Kies hoe vaak u het bericht wilt.", "Choose how often you want it.")


@router.get("/bericht")
def look(visit: SignedIn, bewaard: str = "") -> Response:
    """What this board chose."""
    own = _own(visit)
    return page(
        visit,
        "digest.html",
        tab="nu",
        now=digest_of(visit.session, visit.who, own),
        paces=PACES,
        mailed=reaches_board(visit.session, visit.who, own),
        saved=bool(bewaard),
    )


@router.post("/bericht")
def keep(visit: SignedIn, vaak: Annotated[str, Form()] = "") -> Response:
    """Choose."""
    own = _own(visit)
    if vaak not in PACES:
        raise BadInput(_UNKNOWN)
    choose_digest(visit.session, visit.who, own, PACES[vaak], at=visit.at)
    return RedirectResponse("/bericht?bewaard=ja", status_code=303)


@router.get("/bericht/uit/{token}")
def look_off(visit: Anyone, token: str) -> Response:
    """One button: mail programs open links to scan them, so looking turns nothing off."""
    open_digest_off(visit.session, Links(visit.context.key), token)
    return _off(visit, token, done=False)


@router.post("/bericht/uit/{token}")
def off(visit: Anyone, token: str) -> Response:
    """Turn it off: by that button, or by the mail program itself (RFC 8058)."""
    turn_digest_off(visit.session, Links(visit.context.key), token, at=visit.at)
    return _off(visit, token, done=True)


def _off(visit: Visit, token: str, *, done: bool) -> Response:
    answered = page(visit, "digest_off.html", token=token, done=done)
    answered.headers["Cache-Control"] = "no-store"
    return answered


def _own(visit: Visit) -> str:
    if visit.who.role is not Role.BOARD or visit.who.subject is None:
        raise NotFound
    return visit.who.subject
