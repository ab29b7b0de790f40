"""Connecting one's own calendar elsewhere, and saying what for; everything by plain forms."""

from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from scheduler.domain.errors import BadInput
from scheduler.flows.outside import (
    Means,
    Wish,
    choose_calendars,
    confirm_empty,
    connect_calendar,
    disconnect,
    means_of,
    pause,
    try_again,
)
from scheduler.web.context import SignedIn, Visit
from scheduler.web.feeds.page import Shown, Typed, feed_of, feed_page

router = APIRouter()

Text = Annotated[str, Form()]
Texts = Annotated[list[str], Form(default_factory=list)]


@router.post("/agenda/afgevaardigde/{subject_id}/koppeling")
def connect(
    visit: SignedIn,
    subject_id: str,
    *,
    adres: Text = "",
    gebruiker: Text = "",
    wachtwoord: Text = "",
    schrijven: Text = "",
) -> Response:
    """Check what was typed in and keep it; else the page again, with what is the matter."""
    found = feed_of(visit, "afgevaardigde", subject_id)
    wish = Wish(
        representative_id=subject_id,
        address=adres.strip(),
        username=gebruiker.strip(),
        password=wachtwoord,
        writes=bool(schrijven),
    )
    try:
        connect_calendar(visit.session, visit.who, wish, _means(visit))
    except BadInput as error:
        typed = Typed(
            address=wish.address,
            username=wish.username,
            writes=wish.writes,
            refusals=error.sentences,
        )
        return feed_page(visit, found, Shown(typed=typed))
    return _back(subject_id)


@router.post("/agenda/koppeling/{connection_id}/keuze")
def choose(visit: SignedIn, connection_id: str, *, lezen: Texts, schrijven: Text = "") -> Response:
    """Say whether meetings are written there, and which calendars are read."""
    owner = choose_calendars(
        visit.session,
        visit.who,
        connection_id,
        writes=bool(schrijven),
        reads=lezen,
        at=visit.at,
    )
    return _back(owner)


@router.post("/agenda/koppeling/{connection_id}/stil")
def stop(visit: SignedIn, connection_id: str) -> Response:
    """Leave the account alone for now."""
    return _back(pause(visit.session, visit.who, connection_id, paused=True, at=visit.at))


@router.post("/agenda/koppeling/{connection_id}/verder")
def go_on(visit: SignedIn, connection_id: str) -> Response:
    """Go on with it."""
    return _back(pause(visit.session, visit.who, connection_id, paused=False, at=visit.at))


@router.post("/agenda/koppeling/{connection_id}/opnieuw")
def again(visit: SignedIn, connection_id: str) -> Response:
    """Try at once, because what stood in the way is gone."""
    return _back(try_again(visit.session, visit.who, connection_id, at=visit.at))


@router.post("/agenda/koppeling/{connection_id}/los")
def take_away(visit: SignedIn, connection_id: str) -> Response:
    """Forget the account and what was read there."""
    return _back(disconnect(visit.session, visit.who, connection_id, at=visit.at))


@router.post("/agenda/koppelagenda/{calendar_id}/leeg")
def is_empty(visit: SignedIn, calendar_id: str) -> Response:
    """The owner says that the empty calendar is meant so."""
    return _back(confirm_empty(visit.session, visit.who, calendar_id, at=visit.at))


def _means(visit: Visit) -> Means:
    context = visit.context
    return means_of(context.settings, context.database, context.key, context.clock)


def _back(representative_id: str) -> Response:
    """To the page of whoever's connection it is, which the coordinator may be looking at."""
    return RedirectResponse(f"/agenda/afgevaardigde/{representative_id}#koppeling", status_code=303)
