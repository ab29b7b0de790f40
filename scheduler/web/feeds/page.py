"""The page of one feed: how to subscribe to it, whether that works, and what is in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Response

from scheduler.db.connections import connections
from scheduler.db.views import FeedView
from scheduler.domain.errors import NotFound, Sentence
from scheduler.domain.terms import FeedKind
from scheduler.flows.access.accounts import IssuedAccount, app_passwords
from scheduler.flows.feeds.addresses import feed_of as one_feed
from scheduler.web.context import Visit
from scheduler.web.feeds.devices import ACCOUNT_PACE, FEED_PACES, Device
from scheduler.web.qr import qr_code
from scheduler.web.rendering import page

ADDRESSES = {
    FeedKind.REPRESENTATIVE: "afgevaardigde",
    FeedKind.ORGANISATION: "organisatie",
    FeedKind.MUNICIPALITY: "gemeente",
    FeedKind.CORPORATION: "corporatie",
    FeedKind.PROVINCE: "provincie",
}
"""How each kind is called in an address."""

_KINDS = {address: kind for kind, address in ADDRESSES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed in to connect a calendar, and why it was refused; never the password."""

    address: str = ""
    username: str = ""
    writes: bool = True
    refusals: Sequence[Sentence] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the page is asked for: a telephone or program, and what was just done."""

    device: str = ""
    renewed: bool = False
    chosen: bool = False
    revoked: bool = False
    issued: IssuedAccount | None = None
    typed: Typed = Typed()


_PLAIN = Shown()


def kind_at(address: str) -> FeedKind:
    """The kind that an address names; NotFound where it names none."""
    if address not in _KINDS:
        raise NotFound("agenda")
    return _KINDS[address]


def feed_of(visit: Visit, address: str, subject_id: str) -> FeedView:
    """One feed by its address; NotFound where it isn't the visitor's."""
    context = visit.context
    return one_feed(
        visit.session,
        visit.who,
        context.key,
        context.base_url,
        kind=kind_at(address),
        subject_id=subject_id,
        at=visit.at,
    )


def feed_page(visit: Visit, found: FeedView, shown: Shown = _PLAIN) -> Response:
    """The page of one feed; of a representative's with the own calendars that are connected."""
    webcal = f"webcal://{found.url.partition('://')[2]}"
    is_personal = found.kind == FeedKind.REPRESENTATIVE
    owner = found.subject_id
    return page(
        visit,
        "feed.html",
        tab="agenda",
        status=400 if shown.typed.refusals else 200,
        feed=found,
        kind=ADDRESSES[FeedKind(found.kind)],
        webcal=webcal,
        qr=qr_code(webcal),
        dav_url=f"{visit.context.base_url}/dav/",
        is_personal=is_personal,
        device=Device.chosen(shown.device, visit.request.headers.get("user-agent", "")),
        devices=tuple(Device),
        paces=(*FEED_PACES, *([ACCOUNT_PACE] if is_personal else [])),
        renewed=shown.renewed,
        chosen=shown.chosen,
        revoked=shown.revoked,
        issued=shown.issued,
        typed=shown.typed,
        connections=connections(visit.session, visit.who, owner) if is_personal else (),
        passwords=app_passwords(visit.session, visit.who, owner) if is_personal else (),
    )
