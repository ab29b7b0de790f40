"""One table from errors to answers: every refusal says why, and where to go on."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from scheduler.domain.errors import (
    AanTafelError,
    BadInput,
    ForeignForm,
    Gone,
    NotAllowed,
    NotFound,
    NothingToDo,
    SecondFactorNeeded,
    Sentence,
    SignInAgain,
    SignInNeeded,
    SpentLink,
    TooManyTries,
    WrongBrowser,
    WrongComputer,
)
from scheduler.domain.requests import StepNotPossible
from scheduler.domain.voting import BadBallot
from scheduler.flows.access.office import OfficeRefused
from scheduler.flows.adjusting import AgainstRules, ChangedMeanwhile
from scheduler.flows.attending.mailed_links import NoLongerAsked
from scheduler.flows.input.errors import InputClosed, NoInputAsked, NotShared
from scheduler.flows.records import RecordChanged, UndoImpossible
from scheduler.flows.requests.request_link import LinkOver
from scheduler.flows.stand_in.errors import TakenAlready
from scheduler.flows.voting import VoteOver
from scheduler.web.languages import mark
from scheduler.web.rendering import bare_page, language_of

STATUSES: dict[type[AanTafelError], int] = {
    NotFound: 404,
    NotAllowed: 403,
    ForeignForm: 403,
    WrongComputer: 403,
    WrongBrowser: 403,
    SignInAgain: 403,
    OfficeRefused: 403,
    TooManyTries: 429,
    Gone: 410,
    SpentLink: 410,
    LinkOver: 410,
    BadInput: 400,
    NothingToDo: 409,
    StepNotPossible: 409,
    TakenAlready: 409,
    VoteOver: 409,
    BadBallot: 400,
    NoLongerAsked: 410,
    NoInputAsked: 409,
    InputClosed: 409,
    NotShared: 409,
    AgainstRules: 409,
    ChangedMeanwhile: 409,
    RecordChanged: 409,
    UndoImpossible: 409,
}
"""What an error is to a browser; every other of ours is a fault of the server: 500."""

_TITLES = {
    400: mark("Dit klopt nog niet"),
    403: mark("Dit mag niet"),
    404: mark("Deze bladzijde is er niet"),
    405: mark("Dit kan hier niet"),
    409: mark("Er is niets te doen"),
    410: mark("Dit werkt niet meer"),
    429: mark("Even wachten"),
}
_OTHERWISE = mark("Er ging iets mis")
_ABSENT = Sentence(
    "Dit adres bestaat niet. Misschien is het verkeerd overgetypt.",
    "This address doesn't exist. Perhaps it was mistyped.",
)
_UNREADABLE = Sentence(
    "Een deel van het adres of het formulier is niet te lezen. Kies opnieuw.",
    "A part of the address or the form can't be read. Please choose again.",
)


def install(app: FastAPI) -> None:
    """Let the application answer errors from the table."""
    app.add_exception_handler(SignInNeeded, _to_sign_in)
    app.add_exception_handler(SecondFactorNeeded, _to_second)
    app.add_exception_handler(AanTafelError, _ours)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _http)


def _to_sign_in(_request: Request, _error: Exception) -> Response:
    return RedirectResponse("/inloggen", status_code=303)


def _to_second(_request: Request, _error: Exception) -> Response:
    return RedirectResponse("/inlog/tweede-stap", status_code=303)


def _ours(request: Request, error: Exception) -> Response:
    sentences = tuple(error.sentences) if isinstance(error, AanTafelError) else ()
    statuses = (status for kind, status in STATUSES.items() if isinstance(error, kind))
    page = _page(request, next(statuses, 500), sentences)
    if isinstance(error, TooManyTries):
        page.headers["Retry-After"] = str(60 * error.minutes)
    return page


def _unreadable(request: Request, _error: Exception) -> Response:
    return _page(request, 400, (_UNREADABLE,))


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    page = _page(request, status, (_ABSENT,) if status == 404 else ())  # noqa: PLR2004
    if isinstance(error, HTTPException) and error.headers:
        page.headers.update(error.headers)  # such as Allow (RFC 9110, section 15.5.6)
    return page


def _page(request: Request, status: int, sentences: tuple[Sentence, ...]) -> Response:
    language = language_of(request)
    return bare_page(
        request,
        "error.html",
        status=status,
        title=_TITLES.get(status, _OTHERWISE),
        sentences=[getattr(each, language.value) for each in sentences],
    )
