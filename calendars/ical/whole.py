"""Whole calendars, joined from fragments: exactly one VCALENDAR with its VTIMEZONE."""

from collections.abc import Iterable
from datetime import timedelta

from icalendar import vDuration, vUri
from icalendar.parser import Contentline, Parameters

from calendars.entry import Entry, Feed
from calendars.ical.fragment import fragment
from calendars.ical.text import Text, lines, one_line, uri
from calendars.zones import AMSTERDAM, vtimezone

_PRODID = "-//Aan Tafel//aantafel//NL"


def render_feed(feed: Feed) -> bytes:
    """A feed's bytes; its entries by start and then uid, however they were given."""
    entries = sorted(feed.entries, key=lambda entry: (entry.starts_at, entry.uid))
    return join_feed(
        name=feed.name,
        url=feed.url,
        refresh=feed.refresh,
        description=feed.description,
        fragments=map(fragment, entries),
    )


def join_feed(
    *, name: str, url: str, refresh: timedelta, description: str, fragments: Iterable[bytes]
) -> bytes:
    """A feed's bytes from fragments, in their order; see `Feed` for the rest.

    METHOD:PUBLISH stands for Outlook; NAME and REFRESH-INTERVAL (RFC 7986) each have the X- twin
    that older programs read.
    """
    header = _line("METHOD", Text("PUBLISH")) + _named(name, description)
    header += _line("X-WR-TIMEZONE", Text(AMSTERDAM))
    header += _line("REFRESH-INTERVAL", vDuration(refresh), VALUE="DURATION")
    header += _line("X-PUBLISHED-TTL", vDuration(refresh))
    if url:
        header += _line("SOURCE", vUri(uri(url)), VALUE="URI")
    return _calendar(header, fragments)


def join_plain(name: str, description: str, fragments: Iterable[bytes]) -> bytes:
    """The same without what is for subscribers: a calendar to take away as one file."""
    return _calendar(_named(name, description), fragments)


def resource(entry: Entry | bytes) -> bytes:
    """An entry, or its fragment, as one CalDAV resource: no METHOD (RFC 4791, section 4.1)."""
    return _calendar(b"", [entry if isinstance(entry, bytes) else fragment(entry)])


def _named(name: str, description: str) -> bytes:
    title = Text(one_line(name))
    header = _line("NAME", title) + _line("X-WR-CALNAME", title)
    if words := Text(lines(description)):
        header += _line("DESCRIPTION", words) + _line("X-WR-CALDESC", words)
    return header


def _calendar(header: bytes, fragments: Iterable[bytes]) -> bytes:
    return b"".join([_OPENING, header, vtimezone(AMSTERDAM), *fragments, b"END:VCALENDAR\r\n"])


def _line(name: str, value: Text | vUri | vDuration, **parameters: str) -> bytes:
    line = Contentline.from_parts(name, Parameters(parameters), value)
    return bytes(line.to_ical()) + b"\r\n"


_OPENING = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
    + _line("PRODID", Text(_PRODID))
    + b"CALSCALE:GREGORIAN\r\n"
)
