"""From a CalDAV server's refusals to our errors."""

from collections.abc import Iterable
from datetime import timedelta

from caldav.lib.error import (
    UID_CONFLICT_PRECONDITIONS,
    AuthorizationError,
    DAVError,
    RateLimitError,
    parse_preconditions,
)
from caldav.response import DAVResponse

from calendars.stores.errors import (
    BadAnswer,
    Busy,
    Changed,
    Forbidden,
    Full,
    Missing,
    Refused,
    StoreError,
    TokenRefused,
    UidTaken,
    Unauthorised,
    Unreachable,
)

_BY_STATUS: dict[int, type[StoreError]] = {
    401: Unauthorised,
    403: Forbidden,
    404: Missing,
    408: Unreachable,
    409: Missing,  # the parent is not there (RFC 4918, section 9.7.1)
    410: Missing,
    412: Changed,
    425: Unreachable,
    429: Busy,
    507: Full,
}
_VALID_TOKEN = "{DAV:}valid-sync-token"  # noqa: S105 - the name of a condition
_FIRST_SERVER_FAULT = 500


def raised(error: DAVError) -> StoreError:
    """For what the library raises by itself: 401, 403, and requests to slow down."""
    if isinstance(error, RateLimitError):
        seconds = error.retry_after_seconds
        wait = None if seconds is None else timedelta(seconds=seconds)
        return Busy("the server asks for patience", error.status, wait)
    if isinstance(error, AuthorizationError):
        return _fault(error.status or 403, error.preconditions)
    return BadAnswer(f"an answer that is no CalDAV ({type(error).__name__})", error.status)


def fault_of(response: DAVResponse) -> StoreError:
    """For any other answer that is not a success."""
    return _fault(response.status, parse_preconditions(response._raw))  # noqa: SLF001 - its only raw form


def _fault(status: int, preconditions: Iterable[str]) -> StoreError:
    names = set(preconditions)
    words = ", ".join(name.rpartition("}")[2] for name in sorted(names)) or "no reason given"
    message = f"the server answered {status} ({words})"
    if names & UID_CONFLICT_PRECONDITIONS:
        return UidTaken(message, status)
    if _VALID_TOKEN in names:
        return TokenRefused(message, status)
    if status in _BY_STATUS:
        return _BY_STATUS[status](message, status)
    if status >= _FIRST_SERVER_FAULT:
        return Unreachable(message, status)
    return Refused(message, status)
