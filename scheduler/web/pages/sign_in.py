"""Signing in by a link, and out again. Looking at a mailed link never uses it: its button does."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from scheduler.db import people
from scheduler.domain.access import Actor
from scheduler.domain.terms import Role
from scheduler.flows.access.mail_sign_in import mail_sign_in_link
from scheduler.flows.access.sign_in import holder_of, opens_at_once, redeem, sign_out
from scheduler.mail import Office
from scheduler.web.context import SESSION_COOKIE, Anyone, Visit
from scheduler.web.guard import from_loopback
from scheduler.web.rendering import page

router = APIRouter()

_DAY = 24 * 3600


@router.get("/inloggen")
def how(visit: Anyone, uit: str = "") -> Response:
    """How to get in."""
    return page(visit, "sign_in.html", signed_out=bool(uit), mailed=False)


@router.post("/inloggen")
def mail_link(visit: Anyone, adres: Annotated[str, Form()] = "") -> Response:
    """Mail a link; the answer is the same whether or not anybody uses the address."""
    context = visit.context
    mail_sign_in_link(
        visit.session,
        Office.of(context.settings, context.key),
        adres,
        minutes=context.settings.web.sign_in_minutes,
        at=visit.at,
    )
    return page(visit, "sign_in.html", signed_out=False, mailed=True)


@router.get("/inloggen/{token}")
def confirm(visit: Anyone, request: Request, token: str) -> Response:
    """One button. Mail programs open links to scan them, so opening a mailed one does nothing."""
    if opens_at_once(visit.session, token):
        return enter(visit, request, token)
    holder = holder_of(visit.session, token, loopback=from_loopback(request), at=visit.at)
    return page(
        visit,
        "sign_in_confirm.html",
        holder=holder,
        name=_name(visit, holder),
        action=f"/inloggen/{token}",
    )


@router.post("/inloggen/{token}")
def enter(visit: Anyone, request: Request, token: str) -> Response:
    """Use the link, and let the browser remember who this is."""
    days = visit.context.settings.web.session_days
    opened = redeem(visit.session, token, loopback=from_loopback(request), days=days, at=visit.at)
    response = RedirectResponse("/", status_code=303)
    response.set_cookie(
        SESSION_COOKIE,
        opened,
        max_age=days * _DAY,
        httponly=True,
        samesite="lax",
        secure=visit.context.secure,
    )
    return response


@router.post("/uitloggen")
def leave(visit: Anyone, request: Request) -> Response:
    """End the session, here and in the database."""
    sign_out(visit.session, request.cookies.get(SESSION_COOKIE, ""))
    response = RedirectResponse("/inloggen?uit=ja", status_code=303)
    response.delete_cookie(
        SESSION_COOKIE, httponly=True, samesite="lax", secure=visit.context.secure
    )
    return response


def _name(visit: Visit, holder: Actor) -> str:
    if holder.role is Role.REPRESENTATIVE and holder.subject:
        return people.representative(visit.session, holder, holder.subject).label
    if holder.role is Role.BOARD and holder.subject:
        return people.organisation(visit.session, holder.subject).name
    if holder.role is Role.MUNICIPALITY and holder.subject:
        return people.municipality(visit.session, holder.subject).name
    if holder.role is Role.CORPORATION and holder.subject:
        return people.corporation(visit.session, holder.subject).name
    return ""
