"""Subscribing: the addresses of feeds, how each program takes them, and an account of one's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from scheduler.db.connections import connections
from scheduler.db.views import FeedChoices, FeedView
from scheduler.domain.errors import NotFound, Sentence
from scheduler.domain.terms import FeedKind, Role
from scheduler.flows.access.accounts import (
    IssuedAccount,
    app_passwords,
    issue_account,
    revoke_account,
)
from scheduler.flows.feeds.addresses import (
    choose_feed,
    count_feeds,
    feeds_of,
    renew_feed,
    revoke_feed,
)
from scheduler.flows.feeds.addresses import feed_of as one_feed
from scheduler.web.context import SignedIn, Visit
from scheduler.web.qr import qr_code
from scheduler.web.rendering import page
from scheduler.web.sizes import PageNumber

router = APIRouter()

_ADDRESSES = {
    FeedKind.REPRESENTATIVE: "afgevaardigde",
    FeedKind.ORGANISATION: "organisatie",
    FeedKind.MUNICIPALITY: "gemeente",
    FeedKind.CORPORATION: "corporatie",
    FeedKind.PROVINCE: "provincie",
}
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
_KINDS = {address: kind for kind, address in _ADDRESSES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed in to connect a calendar, and why it was refused; never the password."""

    address: str = ""
    username: str = ""
    writes: bool = True
    refusals: Sequence[Sentence] = ()


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
        addresses=_ADDRESSES,
        number=count_feeds(visit.session, visit.who),
        sheet=blad,
        size=_SIZE,
    )


@router.get("/agenda/{kind}/{subject_id}")
def feed(
    visit: SignedIn, kind: str, subject_id: str, nieuw: str = "", keuzes: str = ""
) -> Response:
    """One feed, with how to subscribe to it."""
    found = feed_of(visit, kind, subject_id)
    return feed_page(visit, found, renewed=bool(nieuw), chosen=bool(keuzes))


@router.post("/agenda/{kind}/{subject_id}/nieuw-adres")
def renew(visit: SignedIn, kind: str, subject_id: str) -> Response:
    """Withdraw the feed's address and give it a new one."""
    renew_feed(
        visit.session,
        visit.who,
        visit.context.key,
        visit.context.base_url,
        kind=_kind(kind),
        subject_id=subject_id,
        at=visit.at,
    )
    return RedirectResponse(f"/agenda/{kind}/{subject_id}?nieuw=ja", status_code=303)


@router.post("/agenda/{kind}/{subject_id}/intrekken")
def revoke(visit: SignedIn, kind: str, subject_id: str) -> Response:
    """Withdraw the feed's address, without a new one."""
    revoke_feed(
        visit.session,
        visit.who,
        visit.context.key,
        kind=_kind(kind),
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
        kind=_kind(kind),
        subject_id=subject_id,
        at=visit.at,
    )
    return RedirectResponse(f"/agenda/{kind}/{subject_id}?keuzes=ja#keuzes", status_code=303)


@router.post("/agenda/afgevaardigde/{subject_id}/wachtwoord")
def issue(visit: SignedIn, subject_id: str) -> Response:
    """Give out an app password. It stands in this one answer, and nowhere else."""
    issued = issue_account(
        visit.session, visit.who, subject_id, visit.context.base_url, at=visit.at
    )
    return feed_page(visit, feed_of(visit, "afgevaardigde", subject_id), issued=issued)


@router.post("/agenda/wachtwoord/{account_id}/intrekken")
def revoke_password(visit: SignedIn, account_id: str) -> Response:
    """Withdraw an app password: a phone that was lost sees nothing any more."""
    owner = revoke_account(visit.session, visit.who, account_id, at=visit.at)
    return RedirectResponse(f"/agenda/afgevaardigde/{owner}#account", status_code=303)


def _feeds(visit: Visit, part: slice) -> tuple[FeedView, ...]:
    context = visit.context
    return feeds_of(visit.session, visit.who, context.key, context.base_url, at=visit.at, part=part)


def feed_of(visit: Visit, address: str, subject_id: str) -> FeedView:
    """One feed by its address; NotFound where it isn't the visitor's."""
    context = visit.context
    return one_feed(
        visit.session,
        visit.who,
        context.key,
        context.base_url,
        kind=_kind(address),
        subject_id=subject_id,
        at=visit.at,
    )


def _kind(address: str) -> FeedKind:
    if address not in _KINDS:
        raise NotFound("agenda")
    return _KINDS[address]


def feed_page(
    visit: Visit,
    found: FeedView,
    *,
    renewed: bool = False,
    chosen: bool = False,
    issued: IssuedAccount | None = None,
    typed: Typed | None = None,
) -> Response:
    """The page of one feed; of a representative's with the own calendars that are connected."""
    webcal = f"webcal://{found.url.partition('://')[2]}"
    is_personal = found.kind == FeedKind.REPRESENTATIVE
    owner = found.subject_id
    return page(
        visit,
        "feed.html",
        tab="agenda",
        status=400 if typed and typed.refusals else 200,
        feed=found,
        kind=_ADDRESSES[FeedKind(found.kind)],
        webcal=webcal,
        qr=qr_code(webcal),
        dav_url=f"{visit.context.base_url}/dav/",
        renewed=renewed,
        chosen=chosen,
        issued=issued,
        connections=connections(visit.session, visit.who, owner) if is_personal else (),
        passwords=app_passwords(visit.session, visit.who, owner) if is_personal else (),
        typed=typed or Typed(),
    )
