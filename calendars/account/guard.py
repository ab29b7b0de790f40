"""Where a request is going and who sends it, judged before Radicale sees any of it."""

import base64
import binascii
from dataclasses import dataclass
from urllib.parse import quote
from wsgiref.types import WSGIEnvironment

from calendars.account.http import Refused, Reply, not_found, unauthorised
from calendars.account.source import CalendarSource, is_safe_name

_WELL_KNOWN = "/.well-known/caldav"
_MOST_PARTS = 3  # owner, calendar, item
_LONGEST_AUTHORISATION = 1024


@dataclass(frozen=True, slots=True)
class Place:
    """An address within the account.

    Attributes:
        base: what stands before it, such as `/dav`, without a slash at its end.
        parts: owner, calendar and item, as far as given; each safe to use as it is.
        folder: whether it ends in a slash.
    """

    base: str
    parts: tuple[str, ...]
    folder: bool

    @property
    def path(self) -> str:
        """The address below the base, as a WSGI PATH_INFO."""
        path = "/" + "/".join(self.parts)
        return path + "/" if self.folder and self.parts else path


def place_of(environ: WSGIEnvironment, prefix: str) -> Place:
    """Where the request is going, wherever the account is mounted.

    Raises:
        Refused: a redirect for `/.well-known/caldav` (RFC 6764, section 5); 404 for any address
            that can't be in an account, such as one with dots, control characters or long names.
    """
    base, rest = environ.get("SCRIPT_NAME", "").rstrip("/"), environ.get("PATH_INFO", "")
    whole = base + rest
    if whole.rstrip("/").endswith(_WELL_KNOWN):
        outside = whole.rstrip("/").removesuffix(_WELL_KNOWN)
        raise Refused(Reply(301, (("Location", quote(outside, safe="/") + prefix + "/"),)))
    if not base.endswith(prefix):
        if rest != prefix and not rest.startswith(prefix + "/"):
            raise not_found()
        base, rest = base + prefix, rest.removeprefix(prefix)
    parts = tuple(part for part in rest.split("/") if part)
    if len(parts) > _MOST_PARTS or not all(map(is_safe_name, parts)):
        raise not_found()
    return Place(base, parts, folder=not rest or rest.endswith("/"))


def owner_of(environ: WSGIEnvironment, source: CalendarSource) -> str:
    """Whose request this is.

    Raises:
        Refused: 401 where it doesn't say, or says it wrongly.
        ValueError: the source names an owner who can't stand in an address.
    """
    credentials = _credentials(environ.get("HTTP_AUTHORIZATION", ""))
    program = environ.get("HTTP_USER_AGENT", "")
    owner = source.authenticate(*credentials, program) if credentials else None
    if owner is None:
        raise unauthorised()
    if not is_safe_name(owner):
        raise ValueError(f"The owner's name {owner!r} can't be part of an address.")
    return owner


def _credentials(authorisation: str) -> tuple[str, str] | None:
    """Name and password (RFC 7617); None for anything that a person couldn't have typed."""
    scheme, _, encoded = authorisation[:_LONGEST_AUTHORISATION].partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        decoded = base64.b64decode(encoded.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        return None
    username, colon, password = decoded.partition(":")
    if not (colon and username and password and decoded.isprintable()):
        return None
    return username, password


def check_owns(owner: str, place: Place) -> None:
    """Raise Refused, 404, for an address in somebody else's account or in nobody's."""
    if place.parts[:1] not in ((), (owner,)):
        raise not_found()
