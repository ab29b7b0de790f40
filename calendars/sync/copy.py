"""What a copy says: whose it is, which version, and the planner's own fields."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

from icalendar import Calendar, Component
from icalendar.prop import vDDDTypes

_MARK = "X-AANTAFEL-VERSION"
_END = re.compile(rb"(?m)^END:VEVENT\r?\n")
# What icalendar was seen to raise on a broken value (see calendars.ical.read).
_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, OverflowError)


@dataclass(frozen=True, slots=True)
class Copy:
    """One item, read.

    Attributes:
        uid, version: None where it does not say; some programs drop marks they do not know.
        planned: time, place, title and standing in a form that does not depend on how a
            server or program writes them; None where that cannot be read.
    """

    uid: str | None
    version: str | None
    planned: str | None
    cancelled: bool = False


def version_of(revision: int, resource: bytes) -> str:
    """A name for these bytes of this revision, such as `12-0a1b2c3d4e5f6071`."""
    return f"{revision}-{sha256(resource).hexdigest()[:16]}"


def stamped(resource: bytes, version: str) -> bytes:
    """The resource with its version in it: how a write is known again when its answer is lost."""
    mark = f"{_MARK}:{version}\r\n".encode()
    return _END.sub(lambda end: mark + end[0], resource, count=1)


def read_copy(body: bytes) -> Copy:
    """Read an item; never fails, for its owner may have written anything."""
    try:
        events = Calendar.from_ical(body.decode()).walk("VEVENT")
        return _copy(events[0], len(events))
    except _UNREADABLE:
        return Copy(None, None, None)


def _copy(event: Component, count: int) -> Copy:
    uid, version = event.get("UID"), event.get(_MARK)
    try:
        planned = _planned(event, count)
    except _UNREADABLE:
        planned = None
    return Copy(
        uid=None if uid is None else str(uid),
        version=None if version is None else str(version),
        planned=planned,
        cancelled=str(event.get("STATUS", "")).upper() == "CANCELLED",
    )


def _planned(event: Component, count: int) -> str:
    start = _moment(event, "DTSTART")
    end = _moment(event, "DTEND") if "DTEND" in event else start + event.decoded("DURATION")
    series = [name for name in ("RRULE", "RDATE", "EXDATE") if name in event]
    texts = [_text(event, name) for name in ("SUMMARY", "LOCATION")]
    status = _text(event, "STATUS").upper() or "CONFIRMED"
    return repr((_written(start), _written(end), *texts, status, series, count))


def _moment(event: Component, name: str) -> date:
    value = event[name]
    if not isinstance(value, vDDDTypes) or not isinstance(value.dt, date):
        raise TypeError(f"{name} is no moment")
    return value.dt


def _written(moment: date) -> str:
    if isinstance(moment, datetime) and moment.tzinfo:
        return moment.astimezone(UTC).isoformat()
    return moment.isoformat()


def _text(event: Component, name: str) -> str:
    return "\n".join(line.strip() for line in str(event.get(name, "")).splitlines()).strip()
