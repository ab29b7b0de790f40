"""Answers over HTTP, and refusals on the way to one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from wsgiref.types import StartResponse
from xml.sax.saxutils import escape

METHODS = ("OPTIONS", "GET", "HEAD", "PROPFIND", "REPORT", "PUT", "DELETE")

_XML = ("Content-Type", "application/xml; charset=utf-8")
_TEXT = ("Content-Type", "text/plain; charset=utf-8")
_ASK_PASSWORD = ("WWW-Authenticate", 'Basic realm="Aan Tafel", charset="UTF-8"')


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """The value of a header, by its name in any case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def send(self, start_response: StartResponse, *, bodiless: bool) -> Iterable[bytes]:
        """Hand it to the server; an answer to HEAD keeps its length but loses its body."""
        headers = [*self.headers]
        if self.status != HTTPStatus.NOT_MODIFIED and self.header("Content-Length") is None:
            headers.append(("Content-Length", str(len(self.body))))
        start_response(f"{self.status} {HTTPStatus(self.status).phrase}", headers)
        return [] if bodiless or not self.body else [self.body]


class Refused(Exception):
    """A request that gets no further; `reply` is its answer."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(f"{reply.status}")
        self.reply = reply


def refused(status: int, words: str, *headers: tuple[str, str]) -> Refused:
    """A refusal in plain words."""
    return Refused(Reply(status, (_TEXT, *headers), words.encode()))


def not_found() -> Refused:
    """It isn't there, or it is somebody else's: the two look alike."""
    return refused(404, "There is nothing here for you.\n")


def bad_request(words: str) -> Refused:
    """The client's fault, and what it is."""
    return refused(400, words + "\n")


def unauthorised() -> Refused:
    """The client must say who it is (RFC 7617)."""
    return refused(401, "Sign in with your app password.\n", _ASK_PASSWORD)


def method_not_allowed() -> Refused:
    """A method that this account knows nothing about."""
    return refused(405, "This method isn't known here.\n", ("Allow", ", ".join(METHODS)))


def failed_precondition(condition: str, status: int = 403) -> Refused:
    """A DAV error (RFC 4918, section 16); `condition` is XML within the prefixes D and C."""
    body = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<D:error xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
        f"{condition}</D:error>\n"
    )
    return Refused(Reply(status, (_XML,), body.encode()))


def needs_privilege(href: str, privilege: str) -> Refused:
    """This can't be written here, or not so (RFC 3744, section 7.1.1)."""
    return failed_precondition(
        f"<D:need-privileges><D:resource><D:href>{escape(href)}</D:href>"
        f"<D:privilege><D:{privilege}/></D:privilege></D:resource></D:need-privileges>"
    )


def http_date(instant: datetime) -> str:
    """An instant as HTTP writes it (RFC 9110, section 5.6.7)."""
    return format_datetime(instant.astimezone(UTC), usegmt=True)
