"""The account as one WSGI application: the guard first, then Radicale, then what it lacks."""

from collections.abc import Iterable, Iterator
from io import StringIO
from types import MappingProxyType
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from radicale import config
from radicale.app import Application

from calendars.account import xml
from calendars.account.guard import Place, check_owns, owner_of, place_of
from calendars.account.http import (
    METHODS,
    Refused,
    Reply,
    bad_request,
    method_not_allowed,
    needs_privilege,
    refused,
)
from calendars.account.source import CalendarSource
from calendars.account.storage import Rights, Storage
from calendars.account.visit import Visit, current_visit
from calendars.account.write import WRITE_METHODS, write

_DAV = ("DAV", "1, 3, calendar-access")
_CACHE = ("Cache-Control", "private, no-cache")
_PRIVILEGE_FOR = MappingProxyType(
    {
        "MKCALENDAR": "bind",
        "MKCOL": "bind",
        "MOVE": "unbind",
        "COPY": "bind",
        "PROPPATCH": "write-properties",
    }
)
_CALENDAR_DEPTH = 2  # owner and calendar


def account_app(source: CalendarSource, *, prefix: str = "/dav") -> WSGIApplication:
    """The live account over a source.

    Serve it where its addresses begin with `prefix`: mounted there (SCRIPT_NAME ends in the
    prefix) or at the top. At `/.well-known/caldav`, mounted or not, it redirects to the prefix.
    """
    return _Account(source, prefix.rstrip("/"))


class _Account:
    def __init__(self, source: CalendarSource, prefix: str) -> None:
        self._source = source
        self._prefix = prefix
        self._radicale = Application(_configuration())

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            reply = self._reply(environ)
        except Refused as refusal:
            reply = refusal.reply
        return reply.send(start_response, bodiless=environ["REQUEST_METHOD"] == "HEAD")

    def _reply(self, environ: WSGIEnvironment) -> Reply:
        place = place_of(environ, self._prefix)
        method = environ["REQUEST_METHOD"]
        if method == "OPTIONS":
            return Reply(200, (("Allow", ", ".join(METHODS)), _DAV))
        if method not in METHODS and method not in _PRIVILEGE_FOR:
            raise method_not_allowed()
        owner = owner_of(environ, self._source)
        if privilege := _PRIVILEGE_FOR.get(method):
            raise needs_privilege(place.base + place.path, privilege)
        check_owns(owner, place)
        if method in WRITE_METHODS:
            return write(environ, place, owner, self._source)
        if method in ("GET", "HEAD") and not place.parts[1:]:
            raise refused(403, "Add this address to a calendar program.\n")
        visit = Visit(self._source, owner)
        reply = self._ask_radicale(visit, _passed_on(environ, place, owner))
        if method == "PROPFIND":
            reply = xml.with_address(reply, self._source.address(owner))
        return _finished(environ, reply)

    def _ask_radicale(self, visit: Visit, environ: WSGIEnvironment) -> Reply:
        answer = _Answer()
        token = current_visit.set(visit)
        try:
            body = b"".join(self._radicale(environ, answer.start))
        finally:
            current_visit.reset(token)
        if visit.failure:
            raise visit.failure
        return Reply(answer.status, answer.headers, body)


class _Answer:
    """What Radicale says before its body."""

    status: int
    headers: tuple[tuple[str, str], ...]

    def start(self, status: str, headers: Iterable[tuple[str, str]], *_: object) -> None:
        self.status = int(status.split(maxsplit=1)[0])
        self.headers = tuple(headers)


def _passed_on(environ: WSGIEnvironment, place: Place, owner: str) -> WSGIEnvironment:
    """A request made anew of checked parts: no password, no query, no proxy's headers."""
    method = environ["REQUEST_METHOD"]
    content = b""
    if method == "PROPFIND":
        content = xml.propfind_body(environ)
    elif method == "REPORT":
        content = xml.report_body(environ, of_calendar=len(place.parts) >= _CALENDAR_DEPTH)
    return {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": place.base,
        "PATH_INFO": place.path,
        "QUERY_STRING": "",
        "REMOTE_USER": owner,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_DEPTH": "0" if environ.get("HTTP_DEPTH", "0") == "0" else "1",
        "wsgi.errors": StringIO(),
        **xml.as_input(content),
    }


def _finished(environ: WSGIEnvironment, reply: Reply) -> Reply:
    if reply.status >= 500:  # noqa: PLR2004  # all of HTTP's server errors
        # The source has not failed, so it is the request that Radicale can't make sense of.
        raise bad_request("This request can't be understood.")
    etag = reply.header("ETag")
    if etag and etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        return Reply(304, (("ETag", etag), _CACHE))
    return Reply(reply.status, (*_own(reply), _DAV, _CACHE), reply.body)


def _own(reply: Reply) -> Iterator[tuple[str, str]]:
    """The headers to keep; Radicale names more than it does, and one charset twice."""
    for name, value in reply.headers:
        if name.lower() != "dav":
            yield name, value.replace("; charset=utf-8; charset=utf-8", "; charset=utf-8")


def _configuration() -> config.Configuration:
    """Radicale without files, web pages, sharing, hooks, delays or a password check of its own."""
    configuration = config.load()
    configuration.update(
        {
            "auth": {"type": "remote_user", "delay": "0"},
            "rights": {"type": Rights},
            "storage": {"type": Storage},
            "web": {"type": "none"},
            "server": {"delay_on_error": "0"},
        },
        "calendars.account",
    )
    return configuration
