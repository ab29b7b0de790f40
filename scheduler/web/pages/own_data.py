"""What is kept of somebody: for themselves to take along, and for the coordinator to erase."""

import json
from dataclasses import asdict

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from scheduler.db import people
from scheduler.domain.times import local
from scheduler.flows.calendar_builder import Publisher
from scheduler.flows.privacy import calendar_of_person, erase_person, record_of_person
from scheduler.web.context import SignedIn
from scheduler.web.rendering import page

router = APIRouter()


@router.get("/mijn-gegevens.json")
def record(visit: SignedIn) -> Response:
    """Everything that is kept of the visitor, as a document."""
    found = record_of_person(
        visit.session, visit.who, visit.context.key, visit.who.subject or "", at=visit.at
    )
    text = json.dumps(asdict(found), ensure_ascii=False, indent=2, default=str)
    return _kept(
        text.encode(), "application/json", f"mijn-gegevens-{local(visit.at):%Y-%m-%d}.json"
    )


@router.get("/mijn-agenda.ics")
def calendar(visit: SignedIn) -> Response:
    """Every meeting that was ever published for the visitor."""
    publisher = Publisher.of(visit.context.settings)
    content = calendar_of_person(visit.session, visit.who, publisher, visit.who.subject or "")
    return _kept(content, "text/calendar", "mijn-agenda.ics")


@router.get("/afgevaardigde/{representative_id}/wissen")
def ask(visit: SignedIn, representative_id: str) -> Response:
    """What erasing does, and the button."""
    person = people.representative(visit.session, visit.who, representative_id)
    return page(visit, "erase.html", tab="gegevens", person=person)


@router.post("/afgevaardigde/{representative_id}/wissen")
def erase(visit: SignedIn, representative_id: str) -> Response:
    """Take the person out of everything; done twice, it is done."""
    erase_person(visit.session, visit.who, visit.context.key, representative_id, at=visit.at)
    return RedirectResponse(f"/afgevaardigde/{representative_id}", status_code=303)


def _kept(content: bytes, kind: str, name: str) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=kind, headers=headers)
