"""iCalendar bytes back to entries."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component
from icalendar.error import InvalidCalendar

from calendars.entry import Entry, Partstat, Party, Standing
from calendars.errors import BadCalendar, CalendarError
from calendars.ical.fragment import CANCELLED_PREFIX
from calendars.zones import AMSTERDAM

_ONCE_ONLY = ("UID", "DTSTART", "DTEND", "DURATION", "DTSTAMP", "LAST-MODIFIED", "SUMMARY")
_SERIES = ("RRULE", "RDATE", "RECURRENCE-ID")
# What the library raises on a bad value depends on which value and how it is bad.
_LIBRARY_ERRORS = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    OverflowError,
    AssertionError,
    InvalidCalendar,
)


def read(data: bytes) -> tuple[Entry, ...]:
    """The entries of one VCALENDAR, in its order; `read(resource(entry))` is the entry again.

    Instants come back in UTC. Days and times without a zone are Dutch ones. A reminder is kept
    where it counts back from the start; of several attendees the first is.

    Raises:
        BadCalendar: these bytes aren't one VCALENDAR, an event lacks what an entry needs, or it
            is a series.
    """
    return tuple(_entries(_calendar(data)))


def _calendar(data: bytes) -> Component:
    try:
        calendar = Calendar.from_ical(data.decode())
    except _LIBRARY_ERRORS as error:
        raise BadCalendar(f"This isn't a calendar: {error}") from error
    if calendar.name != "VCALENDAR":
        raise BadCalendar(f"Expected VCALENDAR, not {calendar.name}.")
    return calendar


def _entries(calendar: Component) -> Iterator[Entry]:
    for event in calendar.walk("VEVENT"):
        try:
            yield _entry(event)
        except CalendarError as error:
            raise BadCalendar(f"Event {event.get('UID')}: {error}") from error
        except _LIBRARY_ERRORS as error:
            raise BadCalendar(f"Event {event.get('UID')} has a value nobody can read.") from error


def _entry(event: Component) -> Entry:
    _refuse_what_one_entry_cannot_say(event)
    standing = Standing(_word(event, "STATUS", "CONFIRMED").lower())
    starts_at, ends_at = _span(event)
    return Entry(
        uid=str(event["UID"]),
        revision=int(_word(event, "SEQUENCE", "0")),
        revised_at=_instant(_first(event, "LAST-MODIFIED", "DTSTAMP").dt),
        starts_at=starts_at,
        ends_at=ends_at,
        title=_title(event, standing),
        description=_word(event, "DESCRIPTION", ""),
        location=_text(event, "LOCATION"),
        url=_text(event, "URL"),
        conference_url=_text(event, "CONFERENCE"),
        categories=tuple(_categories(event)),
        standing=standing,
        blocks=_word(event, "TRANSP", "OPAQUE").upper() == "OPAQUE",
        alarms=tuple(_alarms(event)),
        organiser=_party(event, "ORGANIZER"),
        attendee=_party(event, "ATTENDEE"),
        all_day=not isinstance(_first(event, "DTSTART").dt, datetime),
    )


def _refuse_what_one_entry_cannot_say(event: Component) -> None:
    for name in _ONCE_ONLY:
        if isinstance(event.get(name), list):
            raise BadCalendar(f"{name} stands there more than once.")
    for name in ("UID", "DTSTAMP", "DTSTART"):
        if name not in event:
            raise BadCalendar(f"{name} is missing.")
    for name in _SERIES:
        if name in event:
            raise BadCalendar(f"It is a series ({name}); expected a single event.")


def _title(event: Component, standing: Standing) -> str:
    title = _word(event, "SUMMARY", "")
    return title.removeprefix(CANCELLED_PREFIX) if standing is Standing.CANCELLED else title


def _span(event: Component) -> tuple[datetime, datetime]:
    """Start and end in UTC; a day without end lasts that day (RFC 5545, section 3.6.1)."""
    start = _first(event, "DTSTART").dt
    if end := _first(event, "DTEND"):
        return _instant(start), _instant(end.dt)
    if duration := _first(event, "DURATION"):
        return _instant(start), _instant(start) + duration.dt
    if isinstance(start, datetime):
        raise BadCalendar("It has no end.")
    return _instant(start), _instant(start + timedelta(days=1))


def _instant(moment: date) -> datetime:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(AMSTERDAM))
    return moment.astimezone(UTC)


def _first(event: Component, *names: str) -> Any:
    """The first value of the first of these properties that is there; None where none is."""
    for name in names:
        if name in event:
            value = event[name]
            return value[0] if isinstance(value, list) else value
    return None


def _text(event: Component, name: str) -> str | None:
    value = _first(event, name)
    return None if value is None else str(value)


def _word(event: Component, name: str, default: str) -> str:
    return str(event.get(name, default))


def _categories(event: Component) -> Iterator[str]:
    found: Any = event.get("CATEGORIES", [])
    for group in found if isinstance(found, list) else [found]:
        yield from map(str, group.cats)


def _alarms(event: Component) -> Iterator[timedelta]:
    for alarm in event.walk("VALARM"):
        before = getattr(alarm.get("TRIGGER"), "dt", None)
        if isinstance(before, timedelta) and before <= timedelta():
            yield -before


def _party(event: Component, name: str) -> Party | None:
    value = _first(event, name)
    if value is None:
        return None
    said = str(value.params.get("PARTSTAT", "")).lower()
    return Party(
        address=str(value),
        name=value.params.get("CN", ""),
        # Any other word counts as no answer yet (RFC 5545, section 3.2.12).
        partstat=Partstat(said) if said in set(Partstat) else Partstat.NEEDS_ACTION,
    )
