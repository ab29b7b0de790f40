"""Request bodies: small, shallow, free of tricks and of a kind that we answer, or refused.

Radicale answers 500 to much of what is refused here.
"""

from http import HTTPStatus
from io import BytesIO
from wsgiref.types import WSGIEnvironment
from xml.etree.ElementTree import Element, ParseError, SubElement, TreeBuilder, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, fromstring

from calendars.account.body import body_of
from calendars.account.http import Reply, bad_request, failed_precondition, refused

_MOST_BYTES = 1024 * 1024
_MOST_DEPTH = 24
_MOST_ELEMENTS = 20_000
_DAV, _CALDAV = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"

_ABOUT_CALENDARS = {
    f"{_DAV}sync-collection",
    f"{_CALDAV}calendar-multiget",
    f"{_CALDAV}calendar-query",
    f"{_CALDAV}free-busy-query",
}
_ABOUT_PRINCIPALS = {
    f"{_DAV}expand-property",
    f"{_DAV}principal-property-search",
    f"{_DAV}principal-search-property-set",
}
_PROPFIND_STARTS = {f"{_DAV}allprop", f"{_DAV}propname", f"{_DAV}prop"}


class _TooMuch(Exception):
    """Deeper or longer than any honest request."""


class _Builder(TreeBuilder):
    """Stops at a depth and a number of elements, while reading."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._elements = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        """Count an element on its way in."""
        self._depth += 1
        self._elements += 1
        if self._depth > _MOST_DEPTH or self._elements > _MOST_ELEMENTS:
            raise _TooMuch
        return super().start(tag, attrs)

    def end(self, tag: str) -> Element:
        """And out."""
        self._depth -= 1
        return super().end(tag)


def propfind_body(environ: WSGIEnvironment) -> bytes:
    """A checked PROPFIND body as plain UTF-8 XML; empty stands for all properties.

    Raises:
        Refused: 413 for too large, 400 for anything but a DAV:propfind.
    """
    root = _root(environ)
    if root is None:
        return b""
    if root.tag != f"{_DAV}propfind" or len(root) == 0 or root[0].tag not in _PROPFIND_STARTS:
        raise bad_request("Expected DAV:propfind with prop, allprop or propname.")
    return tostring(root)


def report_body(environ: WSGIEnvironment, *, of_calendar: bool) -> bytes:
    """A checked REPORT body as plain UTF-8 XML.

    Raises:
        Refused: 413 for too large, 400 for no XML, 403 for a report that isn't answered there.
    """
    root = _root(environ)
    if root is None:
        raise bad_request("A REPORT needs a body.")
    answered = _ABOUT_PRINCIPALS | _ABOUT_CALENDARS if of_calendar else _ABOUT_PRINCIPALS
    if root.tag not in answered:
        raise failed_precondition("<D:supported-report/>")
    return tostring(root)


def with_address(reply: Reply, address: str) -> Reply:
    """An answer in which the owner is known by this address as well (RFC 6638, section 2.4.1).

    Programs offer yes and no where an attendee's address is one of their owner's.
    """
    if reply.status != HTTPStatus.MULTI_STATUS or b"calendar-user-address-set" not in reply.body:
        return reply
    root = fromstring(reply.body)
    for known in root.iter(f"{_CALDAV}calendar-user-address-set"):
        if len(known):
            SubElement(known, f"{_DAV}href").text = address
    body = tostring(root, encoding="utf-8", xml_declaration=True)
    headers = [each for each in reply.headers if each[0].lower() != "content-length"]
    return Reply(reply.status, tuple(headers), body)


def _root(environ: WSGIEnvironment) -> Element | None:
    content = body_of(environ, _MOST_BYTES)
    if not content.strip():
        return None
    root = _parsed(content)
    if not all(str(element.tag).startswith("{") for element in root.iter()):
        raise bad_request("Every element needs a namespace.")
    return root


def _parsed(content: bytes) -> Element:
    parser = DefusedXMLParser(target=_Builder(), forbid_dtd=True)
    try:
        parser.feed(content)
        root: Element = parser.close()
    except _TooMuch:
        raise refused(413, "Too deep, or too many elements.\n") from None
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise bad_request("This isn't XML that is read here.") from None
    return root


def as_input(content: bytes) -> WSGIEnvironment:
    """The part of a WSGI environment that carries a checked body."""
    return {
        "CONTENT_LENGTH": str(len(content)),
        "CONTENT_TYPE": "application/xml; charset=utf-8",
        "wsgi.input": BytesIO(content),
    }
