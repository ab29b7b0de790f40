"""Subscribing: the addresses of feeds, how each program takes them, and an account of one's own."""

from itertools import groupby
from operator import attrgetter
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from scheduler.db.connections import connections
from scheduler.db.views import FeedChoices, FeedView
from scheduler.domain.terms import Role
from scheduler.flows.access.accounts import issue_account, revoke_account
from scheduler.flows.feeds.addresses import (
    choose_feed,
    count_feeds,
    feeds_of,
    renew_feed,
    revoke_feed,
)
from scheduler.web.context import SignedIn, Visit
from scheduler.web.feeds.page import ADDRESSES, Shown, feed_of, feed_page, kind_at
from scheduler.web.rendering import page
from scheduler.web.sizes import PageNumber

router = APIRouter()

_RENEWED, _CHOSEN, _REVOKED = "nieuw", "keuzes", "ingetrokken"
_SIZE = 100
"""How many feeds stand on one page."""
_CHOICES = {
    "alarms": "herinneringen",
    "deputyships": "vervangingen",
    "unanswered": "onbeantwoord",
    "cancelled": "afgelast",
    "deadlines": "uiterste-dagen",
}
_NOTHING: list[str] = []


@router.get("/agenda")
def feeds(visit: SignedIn, blad: PageNumber = 1) -> Response:
    """The visitor's own feed, or for the coordinator the list of all."""
    if visit.who.role is not Role.COORDINATOR:
        return feed_page(visit, _feeds(visit, slice(1))[0])
    found = _feeds(visit, slice((blad - 1) * _SIZE, blad * _SIZE))
    return page(
        visit,
        "feeds.html",
        tab="agenda",
        connections=connections(visit.session, visit.who) if blad == 1 else (),
        groups=[(kind, list(group)) for kind, group in groupby(found, attrgetter("kind"))],
        addresses=ADDRESSES,
        number=count_feeds(visit.session, visit.who),
        sheet=blad,
        size=_SIZE,
    )


@router.get("/agenda/{kind}/{subject_id}")
def feed(visit: SignedIn, kind: str, subject_id: str, op: str = "", melding: str = "") -> Response:
    """One feed, with how to subscribe to it on the telephone or in the program that was chosen."""
    shown = Shown(
        device=op,
        renewed=melding == _RENEWED,
        chosen=melding == _CHOSEN,
        revoked=melding == _REVOKED,
    )
    return feed_page(visit, feed_of(visit, kind, subject_id), shown)


@router.post("/agenda/{kind}/{subject_id}/nieuw-adres")
def renew(visit: SignedIn, kind: str, subject_id: str) -> Response:
    """Withdraw the feed's address and give it a new one."""
    renew_feed(
        visit.session,
        visit.who,
        visit.context.key,
        visit.context.base_url,
        kind=kind_at(kind),
        subject_id=subject_id,
        at=visit.at,
    )
    return RedirectResponse(f"/agenda/{kind}/{subject_id}?melding={_RENEWED}", status_code=303)


@router.post("/agenda/{kind}/{subject_id}/intrekken")
def revoke(visit: SignedIn, kind: str, subject_id: str) -> Response:
    """Withdraw the feed's address, without a new one."""
    revoke_feed(
        visit.session,
        visit.who,
        visit.context.key,
        kind=kind_at(kind),
        subject_id=subject_id,
        at=visit.at,
    )
    return RedirectResponse(f"/agenda/{kind}/{subject_id}", status_code=303)


@router.post("/agenda/{kind}/{subject_id}/keuzes")
def choose(
    visit: SignedIn, kind: str, subject_id: str, toon: Annotated[list[str], Form()] = _NOTHING
) -> Response:
    """Choose what the feed holds; a box that isn't ticked isn't sent."""
    choices = FeedChoices(**{name: address in toon for name, address in _CHOICES.items()})
    choose_feed(
        visit.session,
        visit.who,
        visit.context.key,
        choices,
        kind=kind_at(kind),
        subject_id=subject_id,
        at=visit.at,
    )
    return RedirectResponse(
        f"/agenda/{kind}/{subject_id}?melding={_CHOSEN}#keuzes", status_code=303
    )


@router.post("/agenda/afgevaardigde/{subject_id}/wachtwoord")
def issue(visit: SignedIn, subject_id: str) -> Response:
    """Give out an app password. It stands in this one answer, and nowhere else."""
    issued = issue_account(
        visit.session, visit.who, subject_id, visit.context.base_url, at=visit.at
    )
    return feed_page(visit, feed_of(visit, "afgevaardigde", subject_id), Shown(issued=issued))


@router.post("/agenda/wachtwoord/{account_id}/intrekken")
def revoke_password(visit: SignedIn, account_id: str) -> Response:
    """Withdraw an app password: a phone that was lost sees nothing any more."""
    owner = revoke_account(visit.session, visit.who, account_id, at=visit.at)
    here = f"/agenda/afgevaardigde/{owner}?melding={_REVOKED}#account"
    return RedirectResponse(here, status_code=303)


def _feeds(visit: Visit, part: slice) -> tuple[FeedView, ...]:
    context = visit.context
    return feeds_of(visit.session, visit.who, context.key, context.base_url, at=visit.at, part=part)
