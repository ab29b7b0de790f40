"""The API's own description, as the API Design Rules want it: served beside what it describes."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from scheduler.web.api.problems import MEDIA_TYPE, TITLES, Problem
from scheduler.web.api.version import PREFIX, VERSION, VERSION_HEADER

_ERRORS = (400, 401, 403, 404, 409, 413, 429, 503)
_TEXT = "text/plain"
_DESCRIPTION = (
    "Ask for tenants at your table, follow how it stands, and see who comes and on whose behalf. "
    "Times are in UTC; days are local (Europe/Amsterdam). What the schema refuses is a 400; what "
    "is well formed but doesn't fit the facts, such as a day that has passed, is a 409."
)


def describe(api: FastAPI, base_url: str) -> dict[str, Any]:
    """The OpenAPI document."""
    document = get_openapi(
        title="Aan Tafel",
        version=VERSION,
        openapi_version="3.1.0",
        description=_DESCRIPTION,
        routes=api.routes,
        servers=[{"url": f"{base_url}{PREFIX}"}],
        contact={
            "name": "Aan Tafel",
            "email": "agenda@aantafel.invalid",
            "url": f"{base_url}/hulp",
        },
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        tags=[{"name": each, "description": said} for each, said in _TAGS.items()],
    )
    schemas = document["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= problem.pop("$defs")
    schemas["Problem"] = problem
    for path, operation in _operations(document):
        _amend(path, operation)
    return document


_TAGS = {
    "requests": "Asking for tenants, and what becomes of it.",
    "meetings": "What has been published: when, where, who comes, for whom.",
    "changes": "What happened since, by a cursor.",
    "webhooks": "Being told what happens.",
    "mini-ori": "Meetings as the mini-ORI API gives them.",
    "description": "This document.",
}


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for operation in methods.values():
            yield path, operation


def _amend(path: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    responses.pop("422", None)
    operation.pop("summary", None)
    operation["summary"] = operation["description"].partition("\n")[0]
    if operation.get("security"):
        for status in _ERRORS:
            responses[str(status)] = _problem(status)
    for status, answer in responses.items():
        answer["headers"] = {**answer.get("headers", {}), **_headers(path, status)}
        if status == "201" and "text/plain" in answer.get("content", {}):
            answer["content"]["application/json"] = answer["content"].pop("text/plain")


def _problem(status: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": TITLES[status], "content": {MEDIA_TYPE: {"schema": schema}}}


def _headers(path: str, status: str) -> dict[str, Any]:
    headers = {VERSION_HEADER: _header("The version of the API.", "string")}
    if path == "/openapi.json":
        return {**headers, "access-control-allow-origin": _header("Any origin.", "string")}
    if status == "201":
        headers["Location"] = _header("Where it is now.", "string")
    if status == "401":
        headers["WWW-Authenticate"] = _header("How to sign in.", "string")
    if status in {"429", "503"}:
        headers["Retry-After"] = _header("Seconds to wait.", "string")
    return headers


def _header(description: str, kind: str) -> dict[str, Any]:
    return {"description": description, "required": True, "schema": {"type": kind}}
