"""Fetching a calendar from an open .ics address: a secret link, without a password."""

from contextlib import closing
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from calendars.stores import (
    Answer,
    Busy,
    Forbidden,
    Guard,
    Missing,
    Refused,
    StoreError,
    Unauthorised,
    Unreachable,
    Web,
)

_FAULTS: dict[int, type[StoreError]] = {
    HTTPStatus.UNAUTHORIZED: Unauthorised,
    HTTPStatus.FORBIDDEN: Forbidden,
    HTTPStatus.NOT_FOUND: Missing,
    HTTPStatus.GONE: Missing,
}
_BUSY = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}


def as_web_address(typed: str) -> str:
    """The address over https, also where it was given as a webcal address."""
    scheme, separator, rest = typed.strip().partition("://")
    if not separator:
        return f"https://{scheme}"
    return f"https://{rest}" if scheme.lower() in {"webcal", "webcals"} else f"{scheme}://{rest}"


def host_of(url: str) -> str:
    """The part of a secret address that may be shown."""
    return urlsplit(url).netloc


def fetch(url: str, guard: Guard, etag: str | None) -> tuple[bytes | None, str | None]:
    """The calendar and its version; None in place of it where it still is the version `etag`.

    Raises:
        StoreError: no answer, a refusal, or an address not to go to.
    """
    with closing(Web(guard)) as web:
        answer = web.request("GET", url, headers={"If-None-Match": etag} if etag else {})
    if etag and answer.status_code == HTTPStatus.NOT_MODIFIED:
        return None, etag
    if answer.status_code != HTTPStatus.OK:
        raise _fault(answer)
    return answer.content, answer.headers.get("ETag")


def _fault(answer: Answer) -> StoreError:
    status = answer.status_code
    message = f"the server answered {status}"
    if status in _BUSY:
        return Busy(message, status, _patience(answer))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Unreachable(message, status)
    return _FAULTS.get(status, Refused)(message, status)


def _patience(answer: Answer) -> timedelta | None:
    asked = answer.headers.get("Retry-After") or ""
    return timedelta(seconds=int(asked)) if asked.isascii() and asked.isdigit() else None
