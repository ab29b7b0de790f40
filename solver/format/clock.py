"""Readers of days, instants and times of the day."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from solver.format.refusal import refuse

MINUTES_PER_DAY = 24 * 60

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:00(\.0+)?)?(Z|[+-][0-9]{2}:[0-9]{2})"
)
_MINUTE = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
# Room on both sides of an instant for the reckoning around it: time zones, and weeks of notice.
_MARGIN = timedelta(days=30)


def day(value: object) -> date:
    """A calendar day, such as 2027-03-04."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass  # the shape of a day, but not on any calendar
    raise refuse("a day such as 2027-03-04", value)


def planned_day(value: object) -> date:
    """A day that a planning period can begin or end on: in the years 1900 to 2199."""
    read = day(value)
    if read.year not in range(1900, 2200):
        raise refuse("a day from 1900-01-01 to 2199-12-31", value)
    return read


def instant(value: object) -> datetime:
    """A moment on a whole minute, with the UTC offset that was written."""
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        try:
            read = datetime.fromisoformat(value)
            read.astimezone(UTC)
        except (ValueError, OverflowError):
            pass  # the shape of an instant, but on no calendar or beyond its ends
        else:
            return read
    raise refuse(
        "an instant on a whole minute with its UTC offset, such as 2027-03-04T13:30:00+01:00", value
    )


def reckonable_instant(value: object) -> datetime:
    """An instant with a month of calendar on both sides of it."""
    read = instant(value)
    try:
        _ = (read - _MARGIN).astimezone(UTC), (read + _MARGIN).astimezone(UTC)
    except OverflowError:
        raise refuse("an instant in the years 1 to 9999, not at their ends", value) from None
    return read


def minute(value: object) -> int:
    """A time of the day as minutes from midnight, from 00:00 to 24:00."""
    if value == "24:00":
        return MINUTES_PER_DAY
    found = _MINUTE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise refuse("a time of the day such as 09:00, at most 24:00", value)
    return int(found[1]) * 60 + int(found[2])


def zone(value: object) -> ZoneInfo:
    """A time zone by its name in the IANA database."""
    if isinstance(value, str):
        try:
            return ZoneInfo(value)
        except (LookupError, ValueError, OSError):
            pass  # how zoneinfo says no depends on what the name looks like as a path
    raise refuse("a time zone such as Europe/Amsterdam", value)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """00:00 on a local day, as an instant with a fixed offset.

    Where the clock change skips or repeats midnight, it is read with the offset before the change
    (rule book, section 1), which is what `fold=0` means.
    """
    return datetime.combine(day, time(), zone).astimezone(UTC)
