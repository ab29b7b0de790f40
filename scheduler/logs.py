"""What is written to the log, and what never is: no token, no query, no person."""

import json
import logging
import re
import secrets
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from datetime import UTC, datetime

log = logging.getLogger("aantafel")

_SECRET = re.compile(r"^/(feeds|inloggen|mail/bevestigen|mail/uit|antwoord|invallen|verzoek)/[^/]+")
# Whatever looks like a token, wherever a page of tomorrow puts it.
_TOKEN = re.compile(r"(?<=/)[A-Za-z0-9_-]{24,}(?=[/.]|$)")
# What somebody calls an appointment of their own can stand in its address.
_OWN = re.compile(r"^(/dav/[^/]+/[^/]+)/.+")


_REQUEST: ContextVar[str] = ContextVar("request", default="")
_PROVINCE: ContextVar[str] = ContextVar("province", default="")


def set_up(level: int = logging.INFO, *, as_json: bool = False) -> None:
    """One line per event on standard error; for the process that serves or plans.

    Each line that a request led to bears the request's id, which its answer bears too. `as_json`
    writes one object a line, for a collector of logs.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Objects() if as_json else _Lines())
    log.handlers[:] = [handler]
    log.setLevel(level)
    log.propagate = False
    # It would write every path at INFO, and says nothing that our own line doesn't.
    logging.getLogger("radicale").setLevel(logging.ERROR)
    # It warns with whole addresses; what came of a request is said by us.
    logging.getLogger("caldav").setLevel(logging.CRITICAL)
    # A page of traces for each restart of the database; what came of it is said by us, in a line.
    for name in ("procrastinate", "psycopg.pool", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


class _Lines(logging.Formatter):
    """For people: the moment, how bad it is, which province, what, and of which request."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        request = _REQUEST.get()
        return super().format(record) + (f" [{request}]" if request else "")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        province = _PROVINCE.get()
        record.message = f"{province}: {record.message}" if province else record.message
        return super().formatMessage(record)


class _Objects(logging.Formatter):
    """For programs: one JSON object a line, with the instant in UTC (RFC 3339)."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            **({"province": _PROVINCE.get()} if _PROVINCE.get() else {}),
            **({"request": _REQUEST.get()} if _REQUEST.get() else {}),
            **getattr(record, "fields", {}),
        }
        return json.dumps(told, ensure_ascii=False)


def begin_request(name: str = "") -> str:
    """What is logged from here on, in this task, belongs to one request; gives its id.

    `name` is what somebody before us calls it; a new one is drawn where that is empty.
    """
    named = name or secrets.token_hex(8)
    _REQUEST.set(named)
    return named


@contextmanager
def about(province: str) -> Iterator[None]:
    """Inside, what this task or thread logs names the province, where there are several."""
    before = _PROVINCE.set(province)
    try:
        yield
    finally:
        _PROVINCE.reset(before)


def carried(work: Callable[..., object]) -> Callable[..., object]:
    """The same work, for another thread: what it logs names the province that it was made in."""
    kept = copy_context()

    def going(*given: object) -> object:
        # A copy each time: no two threads may be in one context.
        return kept.copy().run(work, *given)

    return going


def log_request(method: str, path: str, status: int, seconds: float) -> None:
    """The one line of each request; `path` without secrets."""
    milliseconds = round(seconds * 1000)
    fields = {"method": method, "path": path, "status": status, "ms": milliseconds}
    log.info("%s %s %s %s ms", method, path, status, milliseconds, extra={"fields": fields})


def scrubbed(path: str) -> str:
    """A path without the secret in it.

    >>> scrubbed("/feeds/3ab9/emmen.ics")
    '/feeds/-/emmen.ics'
    """
    return _OWN.sub(r"\1/-", _TOKEN.sub("-", _SECRET.sub(r"/\1/-", path)))


def where(error: BaseException) -> str:
    """An error's kind and the lines it passed, without its message: that may hold what is private.

    Database errors carry the values of the statement in their text.
    """
    frames = traceback.extract_tb(error.__traceback__)
    lines = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(error).__name__} at {lines}"
