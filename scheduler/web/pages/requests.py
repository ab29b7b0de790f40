"""Requests: the list, one with its state in words, and what can be done with it."""

from collections import defaultdict
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from scheduler.db import requests
from scheduler.db.views import RequestView
from scheduler.flows.requests.accept_request import accept_request
from scheduler.flows.requests.add_papers import paper_for
from scheduler.flows.requests.change_request import decline_request, follow_calendar
from scheduler.flows.requests.form_drafts import drafts_of
from scheduler.flows.requests.propose_times import propose_times
from scheduler.flows.requests.request_reading import BadRequest
from scheduler.flows.requests.request_times import MOST_TIMES, TypedTime
from scheduler.web.context import Coordinating, SignedIn
from scheduler.web.pages.door_pages import add_doors
from scheduler.web.rendering import language_of, page
from scheduler.web.requests.door import Door, Typed, saved
from scheduler.web.requests.forms import SentForm, faults_by_field, typed_times
from scheduler.web.sizes import PageNumber
from scheduler.web.words.requests import STATES

router = APIRouter()

_SIZE = 50
"""How many stand on one page."""


def _own(visit: SignedIn, request_id: str) -> Door:
    address = f"/uitnodiging/{request_id}"
    return Door(visit=visit, actor=visit.who, request_id=request_id, address=address)


Own = Annotated[Door, Depends(_own, scope="function")]
add_doors(router, "/uitnodiging/{request_id}", _own)


def _desk(visit: Coordinating, request_id: str) -> Door:
    return _own(visit, request_id)


Desk = Annotated[Door, Depends(_desk, scope="function")]


@router.get("/uitnodigingen")
def overview(visit: SignedIn, blad: PageNumber = 1) -> Response:
    """Everybody's for the coordinator, its own for a body that asks; what waits comes first."""
    session, who = visit.session, visit.who
    number, waiting = requests.counted(session, who)
    found = requests.requests(session, who, skip=(blad - 1) * _SIZE, most=_SIZE)
    return page(
        visit,
        "requests.html",
        tab="uitnodigingen",
        number=number,
        waiting=waiting,
        groups=_by_import([each for each in found if each.waits]),
        others=[each for each in found if not each.waits],
        drafts=drafts_of(session, who) if blad == 1 else (),
        states=STATES,
        sheet=blad,
        size=_SIZE,
    )


@router.post("/uitnodiging/{request_id}/aannemen")
def accept(door: Desk, sent: SentForm) -> Response:
    """Make a meeting of it."""
    visit = door.visit
    times = {
        n: TypedTime("", sent.text(f"start-{n}").strip(), sent.text(f"end-{n}").strip())
        for n in range(MOST_TIMES)
    }
    try:
        accept_request(visit.session, door.actor, door.request_id, at=visit.at, times=times)
    except BadRequest as error:
        visit.session.rollback()
        return door.show(Typed(error=error, times=tuple(times.values())))
    return door.back()


@router.post("/uitnodiging/{request_id}/afwijzen")
def decline(door: Desk, sent: SentForm) -> Response:
    """Say no, and why."""
    visit, reason = door.visit, sent.text("reason")
    try:
        decline_request(visit.session, door.actor, door.request_id, reason, at=visit.at)
    except BadRequest as error:
        return door.show(Typed(error=error, reason=reason))
    return door.back()


@router.get("/uitnodiging/{request_id}/voorstellen")
def proposing(door: Desk) -> Response:
    """The form for other times that would do better."""
    return _proposing(door, (TypedTime(),))


@router.post("/uitnodiging/{request_id}/voorstellen")
def propose(door: Desk, sent: SentForm) -> Response:
    """Propose them to who asked."""
    typed, note, visit = typed_times(sent), sent.text("note"), door.visit
    if sent.text("knop") == "nog":
        return _proposing(door, (*typed, TypedTime())[:MOST_TIMES], note)
    try:
        propose_times(visit.session, door.actor, door.request_id, typed, note, at=visit.at)
    except BadRequest as error:
        return _proposing(door, typed, note, error)
    return door.back()


@router.post("/uitnodiging/{request_id}/volgen")
def follow(door: Desk) -> Response:
    """Let the plan follow what the calendar says now."""
    follow_calendar(door.visit.session, door.actor, door.request_id, at=door.visit.at)
    return door.back()


@router.get("/stuk/{paper_id}")
def paper_to_read(visit: SignedIn, paper_id: str) -> Response:
    """A file, for whoever comes to the meeting that it is about, or has a stake in it."""
    return saved(paper_for(visit.session, visit.who, paper_id))


@router.post("/uitnodiging/{request_id}/nieuwe-link")
def renew(door: Own) -> Response:
    """End the links to follow it that are about."""
    return door.renew()


def _proposing(
    door: Door, typed: tuple[TypedTime, ...], note: str = "", error: BadRequest | None = None
) -> Response:
    return page(
        door.visit,
        "propose.html",
        tab="uitnodigingen",
        status=400 if error else 200,
        r=door.found,
        times=typed or (TypedTime(),),
        note=note,
        most=MOST_TIMES,
        faults=faults_by_field(error, language_of(door.visit.request)),
    )


def _by_import(waiting: list[RequestView]) -> list[tuple[int, list[RequestView]]]:
    """What was asked for by hand (0), then what came out of each import, as they are ordered."""
    groups: dict[int, list[RequestView]] = defaultdict(list)
    for each in waiting:
        groups[each.import_id or 0].append(each)
    return list(groups.items())
