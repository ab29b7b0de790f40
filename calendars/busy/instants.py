"""From the dates and times of iCalendar to instants."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component
from icalendar.error import InvalidCalendar
from icalendar.prop import vDDDTypes, vDuration

from calendars.spans import Span

# What the readers of calendars raise on input from outside (measured on 5,409 files).
UNREADABLE = (
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    OverflowError,
    AssertionError,
    InvalidCalendar,
)
_TIMES = ("DTSTART", "DTEND", "RECURRENCE-ID")
_LONGEST_NAME = 80


def moment(component: Component, name: str) -> date:
    """A property as a date or time.

    Raises:
        ValueError: it is something else, stands there twice, or is not there.
    """
    value = component.get(name)
    if not isinstance(value, vDDDTypes) or not isinstance(value.dt, date):
        raise ValueError(f"{name} is no date or time")  # noqa: TRY004 - the input's fault
    return value.dt


def length(component: Component, name: str = "DURATION") -> timedelta:
    """A property as a length of time.

    Raises:
        ValueError: it is something else, stands there twice, or is not there.
    """
    value = component.get(name)
    lasts = getattr(value, "dt", None) if isinstance(value, (vDDDTypes, vDuration)) else None
    if not isinstance(lasts, timedelta):
        raise ValueError(f"{name} is no length of time")  # noqa: TRY004 - the input's fault
    return lasts


def instant(when: date, zone: str) -> datetime:
    """The instant of a date (its midnight) or time; the owner's clock where no zone is named."""
    if not isinstance(when, datetime):
        when = datetime(when.year, when.month, when.day)  # noqa: DTZ001 - zoned below
    if when.tzinfo is None:
        when = when.replace(tzinfo=ZoneInfo(zone))
    return when.astimezone(UTC)


def span_between(start: date, end: date, zone: str) -> Span | None:
    """The span between two moments, in either order; None where no time passes.

    Each end is turned into UTC by itself: 01:30 to 03:30 in the night that summer time
    ends lasts three hours, which the difference of the wall clocks hides.
    """
    first, last = sorted((instant(start, zone), instant(end, zone)))
    return Span(first, last) if first < last else None


def exact_length(component: Component) -> timedelta | None:
    """A DURATION in hours or less, which is exact time (RFC 5545, section 3.3.6).

    None for days and weeks, which are wall-clock time, and where a DTEND says it all.
    """
    if "DURATION" not in component or "DTEND" in component:
        return None
    lasts = length(component)
    return lasts if lasts.seconds else None


def guessed_zones(calendar: Calendar) -> set[str]:
    """Names of zones that neither the calendar nor the world explains (RFC 5545, 3.2.19)."""
    return {
        str(value.params["TZID"])[:_LONGEST_NAME]
        for component in calendar.walk()
        for name in _TIMES
        if (value := component.get(name)) is not None and _unexplained(value)
    }


def _unexplained(value: object) -> bool:
    if not isinstance(value, vDDDTypes) or "TZID" not in value.params:
        return False
    return isinstance(value.dt, datetime) and value.dt.tzinfo is None
