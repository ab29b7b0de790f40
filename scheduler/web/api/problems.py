"""What goes wrong, as a problem document (RFC 9457): what, why, and where in the request."""

from collections.abc import Sequence
from typing import Any, Literal

from fastapi import Request
from fastapi.responses import JSONResponse
from pydantic import Field

from scheduler.domain.errors import Sentence
from scheduler.web.api.schema import Schema

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    413: "Content Too Large",
    415: "Unsupported Media Type",
    429: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
}


class Place(Schema):
    """Where in the request it is: a JSON pointer into the body, or a parameter's name."""

    pointer: str | None = None
    name: str | None = None


class Fault(Schema):
    """One thing that is wrong."""

    in_: Literal["body", "query", "path", "header"] = Field(alias="in")
    location: Place
    code: str
    detail: str


class Problem(Schema):
    """A problem document."""

    type: str = "about:blank"
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    errors: list[Fault] = Field(default=[])


def problem(
    status: int,
    detail: str,
    errors: Sequence[Fault] = (),
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """The answer that says so."""
    told = Problem(
        title=TITLES.get(status, "Error"), status=status, detail=detail, errors=list(errors)
    )
    content: Any = told.model_dump(by_alias=True, mode="json")
    return JSONResponse(content, status, headers=headers, media_type=MEDIA_TYPE)


def said(request: Request, sentence: Sentence) -> str:
    """A sentence in the language that is asked for; Dutch where none is."""
    wanted = request.headers.get("accept-language", "").strip().lower()
    return sentence.en if wanted.startswith("en") else sentence.nl
