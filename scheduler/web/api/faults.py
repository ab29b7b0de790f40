"""One table from errors to problem documents."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from scheduler.domain.errors import AanTafelError, BadInput, NotAllowed, NotFound, NothingToDo
from scheduler.domain.requests import StepNotPossible
from scheduler.flows.requests.request_reading import BadRequest, FieldFault
from scheduler.flows.software.api_keys import KeyRefused
from scheduler.flows.software.kept_answers import KeyReused
from scheduler.logs import log, where
from scheduler.web.api.caller import ScopeLacking, TooOften
from scheduler.web.api.problems import TITLES, Fault, Place, problem, said

STATUSES: Mapping[type[AanTafelError], int] = {
    KeyRefused: 401,
    ScopeLacking: 403,
    NotAllowed: 403,
    NotFound: 404,
    TooOften: 429,
    # What the document's schema refuses is a 400. What is well formed and doesn't fit the facts,
    # such as a day that has passed or an organisation that isn't there, is a conflict with them.
    BadInput: 409,
    NothingToDo: 409,
    StepNotPossible: 409,
    KeyReused: 409,
}
_MALFORMED = "The request isn't as the API describes it; `errors` says where."
_FIELDS = {
    "conference_url": "/conferenceUrl",
    "answer_until": "/answerUntil",
    "table": "/tableId",
}
_TIME = re.compile(r"(?:day|start|end)-([0-9]+)")


def install(api: FastAPI) -> None:
    """Let the API answer errors from the table."""
    api.add_exception_handler(AanTafelError, _ours)
    api.add_exception_handler(RequestValidationError, _malformed)
    api.add_exception_handler(HTTPException, _http)
    api.add_exception_handler(OperationalError, _busy)
    api.add_exception_handler(Exception, _unforeseen)


def _ours(request: Request, error: Exception) -> JSONResponse:
    sentences = error.sentences if isinstance(error, AanTafelError) else ()
    status = next((code for kind, code in STATUSES.items() if isinstance(error, kind)), 500)
    detail = " ".join(said(request, each) for each in sentences) or TITLES[status]
    faults = error.faults if isinstance(error, BadRequest) else ()
    errors = [_field(request, each) for each in faults]
    return problem(status, detail, errors, _headers(error))


def _headers(error: Exception) -> dict[str, str] | None:
    if isinstance(error, KeyRefused):
        return {"WWW-Authenticate": "Bearer"}
    return {"Retry-After": str(error.seconds)} if isinstance(error, TooOften) else None


def _field(request: Request, fault: FieldFault) -> Fault:
    time = _TIME.fullmatch(fault.field)
    pointer = f"/times/{time[1]}" if time else _FIELDS.get(fault.field, f"/{fault.field}")
    return Fault.model_validate(
        {
            "in": "body",
            "location": Place(pointer=pointer),
            "code": "conflict",
            "detail": said(request, fault.sentence),
        }
    )


def _malformed(_request: Request, error: Exception) -> JSONResponse:
    found = error.errors() if isinstance(error, RequestValidationError) else ()
    return problem(400, _MALFORMED, list(_faults(found)))


def _faults(found: Iterable[Mapping[str, Any]]) -> Iterable[Fault]:
    for each in found:
        kind, *path = each["loc"]
        in_body = kind not in {"query", "path", "header"}
        pointer = "/" + "/".join(str(part) for part in path if isinstance(part, int | str))
        place = Place(pointer=pointer) if in_body else Place(name=str(path[0] if path else ""))
        yield Fault.model_validate(
            {
                "in": "body" if in_body else kind,
                "location": place,
                "code": str(each["type"]),
                "detail": str(each["msg"]),
            }
        )


def _http(request: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 405:  # noqa: PLR2004
        allowed = ", ".join(sorted(_methods(request)))
        return problem(405, "This can't be done here.", headers={"Allow": allowed})
    if status == 400:  # noqa: PLR2004
        return problem(400, "The body isn't JSON.")
    return problem(status, "There is nothing here." if status == 404 else TITLES[status])  # noqa: PLR2004


def _methods(request: Request) -> set[str]:
    """Every method that some operation at this path has: each knows only its own."""
    operations: Sequence[APIRoute] = request.app.state.operations
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    here = [each.methods or () for each in operations if each.path_regex.match(path)]
    return {method for methods in here for method in methods}


def _busy(_request: Request, error: Exception) -> JSONResponse:
    log.warning("the database is busy: %s", where(error))
    return problem(503, "Try again in a moment.", headers={"Retry-After": "1"})


def _unforeseen(_request: Request, _error: Exception) -> JSONResponse:
    # The layer around us writes it to the log.
    return problem(500, "Something went wrong on our side. Nothing has changed.")
