"""Choosing reminders, and turning one off from a mail with one press."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from scheduler.db.mail_addresses import of_representative
from scheduler.db.views import FeedView
from scheduler.domain.errors import NotFound
from scheduler.domain.links import Links
from scheduler.domain.terms import FeedKind, MailKind, Role
from scheduler.flows.feeds.addresses import choose_feed, feeds_of
from scheduler.flows.reminders.choice import (
    DAYS,
    Reminders,
    choose_reminders,
    open_off_link,
    reminders_of,
    turn_off,
)
from scheduler.web.context import Anyone, SignedIn, Visit
from scheduler.web.rendering import page

router = APIRouter()


@router.get("/herinneringen")
def look(visit: SignedIn, bewaard: str = "") -> Response:
    """What this representative chose."""
    person = _me(visit)
    addresses = of_representative(visit.session, visit.who, person)
    return page(
        visit,
        "reminders.html",
        tab="agenda",
        now=reminders_of(visit.session, visit.who, person),
        days=DAYS,
        feed=_feed(visit),
        mailed=any(each.confirmed_at is not None for each in addresses),
        saved=bool(bewaard),
    )


@router.post("/herinneringen")
def keep(
    visit: SignedIn,
    dagen: Annotated[str, Form()] = "",
    week: Annotated[str, Form()] = "",
    agenda: Annotated[str, Form()] = "",
) -> Response:
    """Choose them."""
    person = _me(visit)
    days = int(dagen) if dagen.isdecimal() and len(dagen) == 1 else None
    wanted = Reminders(days, digest=week == "ja")
    choose_reminders(visit.session, visit.who, person, wanted, at=visit.at)
    choices = replace(_feed(visit).choices, alarms=agenda == "ja")
    choose_feed(
        visit.session,
        visit.who,
        visit.context.key,
        choices,
        kind=FeedKind.REPRESENTATIVE,
        subject_id=person,
        at=visit.at,
    )
    return RedirectResponse("/herinneringen?bewaard=ja", status_code=303)


@router.get("/mail/uit/{token}")
def look_off(visit: Anyone, token: str) -> Response:
    """One button: mail programs open links to scan them, so looking turns nothing off."""
    _, kind = open_off_link(visit.session, Links(visit.context.key), token)
    return _off(visit, token, kind, done=False)


@router.post("/mail/uit/{token}")
def off(visit: Anyone, token: str) -> Response:
    """Turn it off: by that button, or by the mail program itself (RFC 8058)."""
    kind = turn_off(visit.session, Links(visit.context.key), token, at=visit.at)
    return _off(visit, token, kind, done=True)


def _off(visit: Visit, token: str, kind: MailKind, *, done: bool) -> Response:
    answered = page(visit, "mail_off.html", token=token, kind=kind, done=done)
    answered.headers["Cache-Control"] = "no-store"
    return answered


def _me(visit: Visit) -> str:
    if visit.who.role is not Role.REPRESENTATIVE or visit.who.subject is None:
        raise NotFound
    return visit.who.subject


def _feed(visit: Visit) -> FeedView:
    context = visit.context
    return feeds_of(visit.session, visit.who, context.key, context.base_url, at=visit.at)[0]
