"""Bringing a municipality's calendar in, and what each reading of one found."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from scheduler.db import imports, people
from scheduler.domain.errors import BadInput, Sentence
from scheduler.domain.terms import ImportOutcome
from scheduler.flows.importing.fetch_calendar import fetch_calendar
from scheduler.flows.importing.import_calendar import import_calendar
from scheduler.flows.importing.import_reading import Source
from scheduler.web.context import Coordinating, Visit
from scheduler.web.rendering import language_of, page
from scheduler.web.requests.forms import Sent, SentForm
from scheduler.web.words.requests import FAULTS, OUTCOMES

router = APIRouter()

_LONGEST = 1_000
_ONE_OF_TWO = Sentence(
    "Kies een bestand, of vul een adres in.", "Choose a file, or fill in an address."
)


@router.get("/agenda-inlezen")
def form(visit: Coordinating) -> Response:
    """The form, and the latest readings."""
    return _form(visit)


@router.post("/agenda-inlezen")
def read(visit: Coordinating, sent: SentForm) -> Response:
    """Read a file or an address."""
    try:
        number = import_calendar(
            visit.session, visit.who, _source(sent), sent.text("municipality") or None, at=visit.at
        )
    except BadInput as error:
        visit.session.rollback()
        return _form(visit, sent, error)
    return RedirectResponse(f"/agenda-inlezen/{number}", status_code=303)


@router.get("/agenda-inlezen/{number}")
def found(visit: Coordinating, number: int) -> Response:
    """What one reading found: every change, and every fault by its name."""
    return page(
        visit,
        "import.html",
        tab="uitnodigingen",
        found=imports.calendar_import(visit.session, visit.who, number),
        outcomes=OUTCOMES,
        kinds=tuple(ImportOutcome),
        faults=FAULTS,
    )


def _source(sent: Sent) -> Source:
    address = sent.text("address").strip()[:_LONGEST]
    if bool(address) == bool(sent.file_name):
        raise BadInput(_ONE_OF_TWO)
    if address:
        return Source(name=address, data=fetch_calendar(address), fetch=fetch_calendar)
    return Source(name=sent.file_name[:_LONGEST], data=sent.file)


def _form(visit: Visit, sent: Sent | None = None, error: BadInput | None = None) -> Response:
    language = language_of(visit.request)
    return page(
        visit,
        "imports.html",
        tab="uitnodigingen",
        status=400 if error else 200,
        faults=[getattr(each, language.value) for each in error.sentences] if error else [],
        address=sent.text("address") if sent else "",
        chosen=sent.text("municipality") if sent else "",
        municipalities=people.municipalities(visit.session),
        imports=imports.imports(visit.session, visit.who),
        outcomes=OUTCOMES,
        kinds=tuple(ImportOutcome),
    )
