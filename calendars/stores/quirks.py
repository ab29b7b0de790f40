"""How servers differ from the book, as data; measured unless said otherwise.

See docs/decisions/calendars.md. What all servers need (no DAV:limit, tokens that may be
refused in any way, no ETag after a PUT) is done for every server and is not listed here.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Quirks:
    """One kind of server.

    Attributes:
        name: as its owners know it.
        signs: what its answers' Server, X-Powered-By or DAV fields, or its paths contain.
        keeps_conditions: whether it honours If-None-Match:* and If-Match; else look first.
        tells_bad_tokens: whether it refuses a sync token that it does not know.
        keeps_lines: whether a connection can be used again; else it may close one without a word,
            even while the next request is on its way.
    """

    name: str
    signs: tuple[str, ...] = ()
    keeps_conditions: bool = True
    tells_bad_tokens: bool = True
    keeps_lines: bool = True


UNKNOWN = Quirks(name="CalDAV")
KNOWN = (
    Quirks(
        name="SOGo",
        signs=("sogo",),
        keeps_conditions=False,
        tells_bad_tokens=False,
        keeps_lines=False,
    ),
    Quirks(name="DAViCal", signs=("davical", "caldav.php"), tells_bad_tokens=False),
    Quirks(name="Nextcloud", signs=("nextcloud", "remote.php/dav")),
    Quirks(name="Baikal", signs=("baikal", "dav.php")),
    Quirks(name="Cyrus", signs=("cyrus",)),
    Quirks(name="Xandikos", signs=("xandikos",)),
    Quirks(name="Radicale", signs=("radicale",)),
)
_FIELDS = ("Server", "X-Powered-By", "X-Dav-Powered-By", "DAV", "WWW-Authenticate")


def recognise(url: str, headers: Mapping[str, str]) -> Quirks:
    """The server's kind by its address and the fields of any of its answers."""
    seen = " ".join([url, *(headers.get(name) or "" for name in _FIELDS)]).lower()
    return next((kind for kind in KNOWN if any(sign in seen for sign in kind.signs)), UNKNOWN)
