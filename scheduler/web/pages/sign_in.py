"""Signing in by a link, and out again. Looking at a mailed link never uses it: its button does."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from scheduler.db import people
from scheduler.domain.access import Actor
from scheduler.domain.clients import browser_of
from scheduler.domain.secrets import new_token
from scheduler.domain.terms import Role
from scheduler.flows.access.mail_sign_in import ask_sign_in_link
from scheduler.flows.access.pace import count_ask
from scheduler.flows.access.second import second_needed
from scheduler.flows.access.sessions import open_session, sign_out
from scheduler.flows.access.sign_in import holder_of, opens_at_once, redeem
from scheduler.logs import log
from scheduler.mail import Office
from scheduler.web.context import Anyone, Visit
from scheduler.web.cookies import forget_session, remember_asking, remember_session
from scheduler.web.guard import from_loopback
from scheduler.web.rendering import page

router = APIRouter()


@router.get("/inloggen")
def how(visit: Anyone, uit: str = "") -> Response:
    """How to get in."""
    return _page(visit, signed_out=bool(uit))


@router.post("/inloggen")
def mail_link(visit: Anyone, request: Request, adres: Annotated[str, Form()] = "") -> Response:
    """Ask for a link; the answer is the same whether or not anybody uses the address."""
    not_too_often(visit)
    context = visit.context
    asking = request.cookies.get(context.asking_cookie) or new_token()
    office = Office.of(context.settings, context.key)
    ask_sign_in_link(visit.session, office, adres, browser=asking, at=visit.at)
    answer = _page(visit, mailed=True)
    remember_asking(answer, context, asking)
    return answer


def _page(visit: Visit, *, signed_out: bool = False, mailed: bool = False) -> HTMLResponse:
    office = visit.context.settings.office
    return page(
        visit,
        "sign_in.html",
        signed_out=signed_out,
        mailed=mailed,
        office=office.name or office.issuer if office.is_there else "",
    )


def not_too_often(visit: Visit) -> None:
    """One who tries addresses out has to wait; counted by where it comes from."""
    client = visit.request.client
    origin = visit.context.key.origin_mark(client.host if client else "")
    count_ask(visit.session, origin, at=visit.at)


@router.get("/inloggen/{token}")
def confirm(visit: Anyone, request: Request, token: str) -> Response:
    """One button. Mail programs open links to scan them, so opening a mailed one does nothing."""
    if opens_at_once(visit.session, token):
        return enter(visit, request, token)
    holder = holder_of(
        visit.session,
        token,
        loopback=from_loopback(request),
        browser=request.cookies.get(visit.context.asking_cookie, ""),
        at=visit.at,
    )
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
    redeemed = redeem(
        visit.session,
        token,
        loopback=from_loopback(request),
        browser=request.cookies.get(visit.context.asking_cookie, ""),
        at=visit.at,
    )
    needed = second_needed(
        visit.session,
        redeemed.holder,
        on_this_computer=redeemed.on_this_computer,
        demanded=bool(visit.context.settings.web.second_factor),
    )
    return let_in(visit, redeemed.holder, second_needed=needed, member_id=redeemed.member_id)


def let_in(visit: Visit, holder: Actor, *, second_needed: bool, member_id: str = "") -> Response:
    """A new session in this browser; the one that it had before ends."""
    request, context, web = visit.request, visit.context, visit.context.settings.web
    sign_out(visit.session, request.cookies.get(context.session_cookie, ""))
    opened = open_session(
        visit.session,
        holder,
        client=browser_of(request.headers.get("user-agent", "")),
        days=web.staff_session_days if second_needed else web.session_days,
        second_needed=second_needed,
        at=visit.at,
        member_id=member_id,
    )
    log.info("signed in: %s, session %s, second factor %s", holder.role, opened.id, second_needed)
    where = "/inlog/tweede-stap" if second_needed else "/"
    response = RedirectResponse(where, status_code=303)
    remember_session(response, context, opened.token)
    return response


@router.post("/uitloggen")
def leave(visit: Anyone, request: Request) -> Response:
    """End the session, here and in the database."""
    sign_out(visit.session, request.cookies.get(visit.context.session_cookie, ""))
    response = RedirectResponse("/inloggen?uit=ja", status_code=303)
    # What the browser kept of pages goes too (ASVS 5.0, 14.3.1).
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    forget_session(response, visit.context)
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
