"""Entries to iCalendar bytes (RFC 5545, 7986) and back.

Same input, same bytes: DTSTAMP and LAST-MODIFIED are the revision's own instant, SEQUENCE is the
revision, lines end in CRLF and fold at 75 octets. An entry's fragment can be cached for as long
as its revision stands; feeds and resources are joined from fragments.
"""

from calendars.ical.fragment import CANCELLED_PREFIX, fragment
from calendars.ical.read import read
from calendars.ical.whole import join_feed, join_plain, render_feed, resource

__all__ = [
    "CANCELLED_PREFIX",
    "fragment",
    "join_feed",
    "join_plain",
    "read",
    "render_feed",
    "resource",
]
