"""The agenda of a meeting, for who writes it: its items in their order, their words and papers."""

from dataclasses import dataclass

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from scheduler.db import agenda
from scheduler.db.input import asked_at_meetings
from scheduler.db.views import MeetingView
from scheduler.domain.errors import BadInput, NotFound, Sentence
from scheduler.flows.agenda.items import (
    MOST_ITEMS,
    TypedItem,
    add_item,
    change_item,
    move_item,
    remove_item,
    restore_item,
    writable_meeting,
)
from scheduler.flows.agenda.papers import add_item_papers, remove_item_paper
from scheduler.flows.input.deadlines import FIELD, choose_last_day
from scheduler.flows.requests.request_reading import BadRequest
from scheduler.web.context import Coordinating, SignedIn, Visit
from scheduler.web.rendering import language_of, page
from scheduler.web.requests.door import judged_file
from scheduler.web.requests.forms import Sent, SentForm, faults_by_field

router = APIRouter()

_NEW = "nieuw"
_NO_SUCH_ACT = Sentence("Kies een van de knoppen.", "Choose one of the buttons.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What can't be used yet, and in which item's form; empty is the form for the last day."""

    error: BadRequest
    item: str
    sent: Sent


@router.get("/overleg/{meeting_id}/agenda")
def look(visit: SignedIn, meeting_id: str) -> Response:
    """The agenda with a form for each item, and one for another."""
    return _page(visit, writable_meeting(visit.session, visit.who, meeting_id))


@router.post("/overleg/{meeting_id}/agenda")
def add(visit: SignedIn, meeting_id: str, sent: SentForm) -> Response:
    """Add an item."""
    meeting = writable_meeting(visit.session, visit.who, meeting_id)
    try:
        item = add_item(visit.session, visit.who, meeting_id, _typed(sent), at=visit.at)
    except BadRequest as error:
        return _page(visit, meeting, Typed(error=error, item=_NEW, sent=sent))
    return _back(meeting_id, item)


@router.post("/overleg/{meeting_id}/agenda/{item_id}")
def change(visit: SignedIn, meeting_id: str, item_id: str, sent: SentForm) -> Response:
    """Change an item's words, move it, take it off or put it back; the button says which."""
    session, who, at = visit.session, visit.who, visit.at
    meeting = _meeting_of(visit, meeting_id, item_id)
    match sent.text("knop"):
        case "bewaar":
            try:
                change_item(session, who, item_id, _typed(sent), at=at)
            except BadRequest as error:
                return _page(visit, meeting, Typed(error=error, item=item_id, sent=sent))
        case "omhoog":
            move_item(session, who, item_id, -1, at=at)
        case "omlaag":
            move_item(session, who, item_id, 1, at=at)
        case "weg":
            remove_item(session, who, item_id, at=at)
        case "terug":
            restore_item(session, who, item_id, at=at)
        case _:
            raise BadInput(_NO_SUCH_ACT)
    return _back(meeting_id, item_id)


@router.post("/overleg/{meeting_id}/agenda/{item_id}/stukken")
def add_papers(visit: SignedIn, meeting_id: str, item_id: str, sent: SentForm) -> Response:
    """Say which links belong to an item, and add a file."""
    meeting = _meeting_of(visit, meeting_id, item_id)
    links = sent.text("papers")
    try:
        file = judged_file(visit, sent)
        add_item_papers(visit.session, visit.who, item_id, links, file, at=visit.at)
    except BadRequest as error:
        visit.session.rollback()
        return _page(visit, meeting, Typed(error=error, item=item_id, sent=sent))
    return _back(meeting_id, item_id)


@router.post("/overleg/{meeting_id}/agenda/{item_id}/stuk/{paper_id}/weg")
def remove_paper(visit: SignedIn, meeting_id: str, item_id: str, paper_id: str) -> Response:
    """Take a file away."""
    _meeting_of(visit, meeting_id, item_id)
    remove_item_paper(visit.session, visit.who, item_id, paper_id, at=visit.at)
    return _back(meeting_id, item_id)


@router.post("/overleg/{meeting_id}/inbreng/laatste-dag")
def choose_day(visit: Coordinating, meeting_id: str, sent: SentForm) -> Response:
    """Ask for input until another day."""
    meeting = writable_meeting(visit.session, visit.who, meeting_id)
    days = visit.context.settings.feeds.input_days
    try:
        choose_last_day(visit.session, visit.who, meeting_id, sent.text(FIELD), days, at=visit.at)
    except BadRequest as error:
        return _page(visit, meeting, Typed(error=error, item="", sent=sent))
    return _back(meeting_id, FIELD)


def _meeting_of(visit: Visit, meeting_id: str, item_id: str) -> MeetingView:
    """The meeting, where the item is or was on its agenda."""
    meeting = writable_meeting(visit.session, visit.who, meeting_id)
    there = agenda.agenda_of(visit.session, visit.who, meeting_id)
    gone = agenda.removed_items(visit.session, visit.who, meeting_id)
    if all(each.id != item_id for each in (*there, *gone)):
        raise NotFound("agendapunt", item_id)
    return meeting


def _typed(sent: Sent) -> TypedItem:
    return TypedItem(
        title=sent.text("title"), summary=sent.text("summary"), question=sent.text("question")
    )


def _back(meeting_id: str, anchor: str) -> Response:
    return RedirectResponse(f"/overleg/{meeting_id}/agenda#{anchor}", status_code=303)


def _page(visit: Visit, meeting: MeetingView, typed: Typed | None = None) -> Response:
    days = visit.context.settings.feeds.input_days
    return page(
        visit,
        "agenda_items.html",
        tab="rooster",
        status=400 if typed else 200,
        m=meeting,
        items=agenda.agenda_of(visit.session, visit.who, meeting.id),
        removed=agenda.removed_items(visit.session, visit.who, meeting.id),
        asked=asked_at_meetings(visit.session, visit.who, [meeting], days).get(meeting.id),
        most=MOST_ITEMS,
        typed=typed,
        day_field=FIELD,
        faults=faults_by_field(typed.error if typed else None, language_of(visit.request)),
    )
