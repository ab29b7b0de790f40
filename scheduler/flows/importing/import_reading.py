"""Reading somebody's calendar whole, page by page; why it can't be read is said in words."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from calendars.bounded import ChildFailed, LimitReached
from calendars.municipal import Asked, Found, NotReadable, Reason, read_municipal
from scheduler.domain.errors import BadInput, Sentence

_MOST_PAGES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A calendar's bytes, and where they came from: a file's name, or an address.

    `fetch` gets the further pages of an address; None for a file, which has only itself.
    """

    name: str
    data: bytes
    fetch: Callable[[str], bytes] | None = None


def read_source(source: Source, asked: Asked) -> Found:
    """The whole calendar, page by page where it has several.

    Raises:
        BadInput: this is no calendar, or asks too much of the reader.
    """
    try:
        found, address = read_municipal(source.data, asked), source.name
        for _ in range(_MOST_PAGES):
            if not found.next_page or source.fetch is None:
                break
            address = _next(address, found.next_page)
            page = read_municipal(source.fetch(address), asked)
            found = found.joined(page)
    except NotReadable as error:
        raise BadInput(_REASONS[error.reason]) from error
    except LimitReached as error:
        raise BadInput(_TOO_MUCH) from error
    except ChildFailed as error:
        raise BadInput(_GAVE_UP) from error
    return found


def _next(address: str, page: str) -> str:
    """The next page's address; it stays with the server that was named."""
    after_this = urljoin(address, page)
    if urlsplit(after_this)[:2] != urlsplit(address)[:2]:
        raise BadInput(_ELSEWHERE)
    return after_this


_REASONS = {
    Reason.EMPTY: Sentence(
        "Het bestand is leeg. Er is niets veranderd.",
        "The file is empty. Nothing has changed.",
    ),
    Reason.NOT_A_CALENDAR: Sentence(
        "Dit is geen agenda: geen .ics en geen lijst van vergaderingen (mini-ORI). "
        "Er is niets veranderd.",
        "This is no calendar: no .ics and no list of meetings (mini-ORI). Nothing has changed.",
    ),
    Reason.CUT_OFF: Sentence(
        "De agenda is halverwege afgebroken. Haal het bestand opnieuw op. Er is niets veranderd.",
        "The calendar breaks off halfway. Fetch the file again. Nothing has changed.",
    ),
    Reason.TOO_MANY: Sentence(
        "De agenda heeft meer dan 5.000 afspraken. Kies een kortere periode. "
        "Er is niets veranderd.",
        "The calendar has more than 5,000 entries. Choose a shorter period. Nothing has changed.",
    ),
}
_TOO_MUCH = Sentence(
    "Deze agenda vraagt te veel tijd of geheugen om te lezen (grens: 10 MB, 5 seconden). "
    "Er is niets veranderd.",
    "This calendar takes too much time or memory to read (limit: 10 MB, 5 seconds). "
    "Nothing has changed.",
)
_GAVE_UP = Sentence(
    "Het lezen van deze agenda liep vast. Er is niets veranderd.",
    "Reading this calendar broke down. Nothing has changed.",
)
_ELSEWHERE = Sentence(
    "De volgende bladzijde van de agenda staat op een andere server. Er is niets veranderd.",
    "The calendar's next page is on another server. Nothing has changed.",
)
