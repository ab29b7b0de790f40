"""Mail for a representative: ask for it, confirm by the link that was mailed, stop it."""

from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from scheduler.domain.errors import NotFound
from scheduler.domain.terms import Role
from scheduler.flows.mail.mail_addresses import (
    addresses_of,
    ask_mail,
    asks_for,
    confirm_mail,
    stop_mail,
)
from scheduler.mail import Office
from scheduler.web.context import Anyone, SignedIn, Visit
from scheduler.web.rendering import page

router = APIRouter()


@router.get("/mail")
def own_mail(visit: SignedIn) -> Response:
    """Whether this representative is mailed as well, and where."""
    addresses = addresses_of(visit.session, visit.who, _office(visit), _me(visit))
    return page(
        visit,
        "mail.html",
        tab="agenda",
        current=next((each for each in addresses if each.confirmed), None),
        asked=next((each for each in addresses if not each.confirmed), None),
    )


@router.post("/mail")
def ask(visit: SignedIn, adres: Annotated[str, Form()] = "") -> Response:
    """Ask to be mailed: a link goes to the address."""
    ask_mail(visit.session, visit.who, _office(visit), _me(visit), adres, at=visit.at)
    return RedirectResponse("/mail", status_code=303)


@router.post("/mail/stoppen")
def stop(visit: SignedIn) -> Response:
    """Stop mailing this representative."""
    stop_mail(visit.session, visit.who, _me(visit), at=visit.at)
    return RedirectResponse("/mail", status_code=303)


@router.get("/mail/bevestigen/{token}")
def look(visit: Anyone, token: str) -> Response:
    """One button: mail programs open links to scan them, so opening it confirms nothing."""
    asks_for(visit.session, token, at=visit.at)
    return page(visit, "mail_confirm.html", token=token, done=False)


@router.post("/mail/bevestigen/{token}")
def confirm(visit: Anyone, token: str) -> Response:
    """Begin to mail this address."""
    confirm_mail(visit.session, token, at=visit.at)
    return page(visit, "mail_confirm.html", token="", done=True)


def _me(visit: Visit) -> str:
    if visit.who.role is not Role.REPRESENTATIVE or visit.who.subject is None:
        raise NotFound
    return visit.who.subject


def _office(visit: Visit) -> Office:
    return Office.of(visit.context.settings, visit.context.key)
