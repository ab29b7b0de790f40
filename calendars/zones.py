"""The clock that entries are shown on, and its rules in the form that every reader gets right.

One constant VTIMEZONE with RRULEs stands for Europe/Amsterdam. Lists of RDATEs, which libraries
generate, are read wrongly by ical.js (Thunderbird): it sees the first date only, so that every
summer event shows an hour late. See docs/decisions/calendars.md.
"""

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from calendars.errors import UnknownZone

AMSTERDAM = "Europe/Amsterdam"

RULES_SINCE = datetime(1996, 10, 27, 1, tzinfo=UTC)
"""The first instant, inclusive, for which the rules below hold."""

_AMSTERDAM_RULES = b"""\
BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
X-LIC-LOCATION:Europe/Amsterdam
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
""".replace(b"\n", b"\r\n")


def vtimezone(zone: str) -> bytes:
    """The VTIMEZONE of a zone (RFC 5545, section 3.6.5), with CRLF line ends.

    Raises:
        UnknownZone: for any other zone than Europe/Amsterdam.
    """
    if zone != AMSTERDAM:
        raise UnknownZone(f"Only {AMSTERDAM} is known, not {zone!r}.")
    return _AMSTERDAM_RULES


def on_clock(instant: datetime, zone: str) -> datetime:
    """The instant on the zone's clock, or in UTC where that clock is in doubt.

    In the hour that comes twice in October a local time means the first pass (RFC 5545, section
    3.3.5); but libical, ical.js and node-ical read the second one. So both passes stay in UTC.

    Raises:
        UnknownZone: for another zone, or an instant before `RULES_SINCE`.
    """
    vtimezone(zone)
    if instant < RULES_SINCE:
        raise UnknownZone(f"{instant.isoformat()} lies before the rules of {zone} that we hold.")
    local = instant.astimezone(_zone(zone))
    in_doubt = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return instant.astimezone(UTC) if in_doubt else local


@lru_cache
def _zone(zone: str) -> ZoneInfo:
    return ZoneInfo(zone)
