"""When somebody can be asked: one form, what it clashes with at once, and the way back."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from scheduler.db import people, reach
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import Role
from scheduler.flows.availability import (
    PARTS,
    OwnAvailability,
    conflicts_of,
    last_change,
    own_availability,
    record_availability,
    ticks_of,
    undo_availability,
)
from scheduler.web.availability_form import Sent, SentForm, name_of, said
from scheduler.web.context import SignedIn, Visit
from scheduler.web.plans.roster import shelf_of
from scheduler.web.rendering import page

router = APIRouter()

_MINUTES = (15, 30, 45, 60, 90)
_MOST = 8


@router.get("/beschikbaar")
def look(visit: SignedIn, bewaard: str = "") -> Response:
    """What this person says now."""
    person = _me(visit)
    return _page(visit, own_availability(visit.session, visit.who, person), saved=bool(bewaard))


@router.post("/beschikbaar")
def keep(visit: SignedIn, sent: SentForm) -> Response:
    """Keep what is said; with a fault nothing is kept, and what was typed stands there still."""
    person = _me(visit)
    now = own_availability(visit.session, visit.who, person)
    wanted, faults = said(sent, now, today=visit.today)
    if faults:
        return _page(visit, replace(wanted, absent=now.absent), faults=faults, sent=sent)
    record_availability(visit.session, visit.who, person, wanted, at=visit.at)
    return RedirectResponse("/beschikbaar?bewaard=ja", status_code=303)


@router.post("/beschikbaar/terug")
def undo(visit: SignedIn, wijziging: Annotated[int, Form()] = 0) -> Response:
    """Put back what stood before the newest change."""
    undo_availability(visit.session, visit.who, _me(visit), wijziging, at=visit.at)
    return RedirectResponse("/beschikbaar?bewaard=terug", status_code=303)


def _me(visit: Visit) -> str:
    if visit.who.role is not Role.REPRESENTATIVE or visit.who.subject is None:
        raise NotFound
    return visit.who.subject


def _page(
    visit: Visit,
    own: OwnAvailability,
    *,
    saved: bool = False,
    faults: dict[str, str] | None = None,
    sent: Sent | None = None,
) -> Response:
    person = _me(visit)
    change = last_change(visit.session, visit.who, person)
    found = (
        ()
        if faults
        else conflicts_of(visit.session, visit.who, shelf_of(visit), person, at=visit.at)
    )
    return page(
        visit,
        "availability.html",
        tab="kan",
        status=400 if faults else 200,
        me=people.representative(visit.session, visit.who, person),
        own=own,
        absent=[each for each in own.absent if each.last_day >= visit.today],
        ticks=ticks_of(own.hours),
        parts=PARTS,
        travel=[
            (minutes, reach.farthest_within(visit.session, visit.who, person, minutes))
            for minutes in sorted(
                {*_MINUTES, *([own.travel_minutes] if own.travel_minutes else [])}
            )
        ],
        tables=reach.tables_around(visit.session, visit.who, person),
        topics=reach.topics_around(visit.session, visit.who, person),
        name_of=name_of,
        conflicts=found,
        most=_MOST,
        saved=saved,
        faults=faults or {},
        sent=sent,
        change=change.id if change else None,
    )
