"""What publications changed: each on a page, all of them in a feed, and one of them back again."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from scheduler.db import published
from scheduler.flows.publishing.meeting_changes import ChangeList, publication_changes
from scheduler.flows.publishing.publication_feed import (
    FeedAddress,
    feed_address,
    renew_address,
)
from scheduler.flows.publishing.restore_publication import restore_publication
from scheduler.web.context import Coordinating, Visit
from scheduler.web.rendering import page
from scheduler.web.sizes import Number, PageNumber

router = APIRouter()

_SIZE = 50
"""How many changes stand on one page."""
_COUNTED = 500
"""Of how many changes it is told who hears of them."""
_LISTED = 200
"""How many publications are listed; earlier ones are reached from each to the one before."""


@router.get("/publicaties")
def publications(visit: Coordinating, nieuw: str = "") -> Response:
    """All publications, and the address of their feed."""
    found = published.publications(visit.session, visit.who, most=_LISTED)
    return page(
        visit,
        "publications.html",
        tab="publiceren",
        publications=found,
        feed=_feed(visit),
        renewed=bool(nieuw),
    )


@router.post("/publicaties/nieuw-adres")
def renew(visit: Coordinating) -> Response:
    """Withdraw the feed's address and give it a new one."""
    renew_address(visit.session, visit.who, visit.context.key, at=visit.at)
    return RedirectResponse("/publicaties?nieuw=ja", status_code=303)


@router.get("/publicatie/{number}")
def publication(
    visit: Coordinating, number: Number, melding: str = "", blad: PageNumber = 1
) -> Response:
    """The publication with its changes, page by page, and the way to the ones around it."""
    found = published.publication(visit.session, number)
    part = slice((blad - 1) * _SIZE, blad * _SIZE)
    changes = publication_changes(visit.session, visit.who, number, part=part)
    newest = published.latest_publication(visit.session)
    return page(
        visit,
        "publication.html",
        tab="publiceren",
        publication=found,
        list=changes,
        audience=_audience(visit, number, changes) if melding == "nieuw" else None,
        latest=newest.number if newest else number,
        notice=melding,
        sheet=blad,
        size=_SIZE,
    )


def _audience(visit: Visit, number: int, part: ChangeList) -> ChangeList | None:
    """All changes, to say who hears of them; too many to add up touch everybody."""
    if part.number > _COUNTED:
        return None
    return publication_changes(visit.session, visit.who, number)


@router.post("/publicatie/{number}/terugzetten")
def restore(visit: Coordinating, number: Number) -> Response:
    """Make a draft of it, to look at and publish."""
    draft = restore_publication(visit.session, visit.who, number, at=visit.at)
    return RedirectResponse(f"/publiceren?concept={draft}", status_code=303)


def _feed(visit: Visit) -> FeedAddress | None:
    """The feed's secret address, which is not for who only reads along."""
    if visit.who.only_reads:
        return None
    context = visit.context
    return feed_address(visit.session, visit.who, context.key, context.base_url, at=visit.at)
