"""Records as CSV: to take along, and back in after a look at what that would do."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from scheduler.domain.errors import BadInput
from scheduler.domain.faults import BadFile
from scheduler.flows.records import (
    IDENTIFIER,
    Kind,
    Outcome,
    carry_out,
    field_differences,
    kind_called,
    look_again,
    receive_sheet,
    received,
    records,
    sheet_of,
)
from scheduler.web.context import Coordinating
from scheduler.web.pages.records.telling import Telling
from scheduler.web.rendering import language_of, page
from scheduler.web.requests.forms import SentForm
from scheduler.web.sheets import CSV_TYPE, csv_file

router = APIRouter()

_MOST_FAULTS = 200
_MOST_ROWS = 200


@router.get("/gegevens/{key}/uitvoer.csv")
def as_csv(visit: Coordinating, key: str) -> Response:
    """The records as Excel in the Netherlands opens them: semicolons, and a mark for UTF-8."""
    kind = kind_called(key)
    listed = records(visit.session, visit.who, kind, today=visit.today)
    name = f"{kind.key}-{visit.today.isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    content = csv_file(sheet_of(listed), delimiter=";")
    return Response(content, media_type=CSV_TYPE, headers=headers)


@router.get("/gegevens/{key}/inlezen")
def ask(visit: Coordinating, key: str) -> Response:
    """Where to choose a file."""
    return _ask(visit, kind_called(key))


@router.post("/gegevens/{key}/inlezen")
def read(visit: Coordinating, key: str, sent: SentForm) -> Response:
    """Look at a file; nothing is changed yet."""
    kind = kind_called(key)
    try:
        found = receive_sheet(
            visit.session, visit.who, kind, sent.file_name, sent.file, at=visit.at
        )
    except BadInput as error:
        return _ask(visit, kind, error)
    return RedirectResponse(f"/gegevens/{kind.key}/inlezen/{found}", status_code=303)


@router.get("/gegevens/{key}/inlezen/{identifier}")
def look(visit: Coordinating, key: str, identifier: str) -> Response:
    """What carrying the file out would do, or what it did."""
    kind = kind_called(key)
    row = received(visit.session, visit.who, kind, identifier)
    if row.applied_at is not None:
        return page(visit, "records/imported.html", tab="gegevens", kind=kind, row=row)
    try:
        preview = look_again(visit.session, visit.who, kind, row, at=visit.at)
    except BadFile as error:
        return _ask(visit, kind, error)
    changing = [each for each in preview.rows if each.outcome is not Outcome.LEAVE]
    return page(
        visit,
        "records/preview.html",
        tab="gegevens",
        kind=kind,
        row=row,
        preview=preview,
        changing=changing[:_MOST_ROWS],
        rest=len(changing[_MOST_ROWS:]),
        outcomes=Outcome,
        differences=lambda each: field_differences(kind, each.before, each.after, preview.around),
        told=Telling(visit),
    )


@router.post("/gegevens/{key}/inlezen/{identifier}")
def carry(visit: Coordinating, key: str, identifier: str) -> Response:
    """Carry it out, once."""
    kind = kind_called(key)
    try:
        carry_out(visit.session, visit.who, kind, identifier, at=visit.at)
    except BadFile as error:
        visit.session.rollback()
        return _ask(visit, kind, error)
    return RedirectResponse(f"/gegevens/{kind.key}/inlezen/{identifier}", status_code=303)


def _ask(visit: Coordinating, kind: Kind, error: BadInput | None = None) -> Response:
    language = language_of(visit.request)
    faults = list(error.faults) if isinstance(error, BadFile) else []
    sentences = [] if faults or error is None else list(error.sentences)
    return page(
        visit,
        "records/import.html",
        tab="gegevens",
        status=400 if error else 200,
        kind=kind,
        columns=(IDENTIFIER, *(each.key for each in kind.fields)),
        faults=faults[:_MOST_FAULTS],
        fault_count=len(faults),
        said=[getattr(each, language.value) for each in sentences],
    )
