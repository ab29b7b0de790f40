"""What is written to the log, and what never is: no token, no query, no person."""

import logging
import re
import sys
import traceback

log = logging.getLogger("aantafel")

_SECRET = re.compile(r"^/(feeds|inloggen|mail/bevestigen|mail/uit|antwoord|invallen|verzoek)/[^/]+")
# Whatever looks like a token, wherever a page of tomorrow puts it.
_TOKEN = re.compile(r"(?<=/)[A-Za-z0-9_-]{24,}(?=[/.]|$)")
# What somebody calls an appointment of their own can stand in its address.
_OWN = re.compile(r"^(/dav/[^/]+/[^/]+)/.+")


def set_up(level: int = logging.INFO) -> None:
    """One line per event on standard error; for the process that serves or plans."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
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
