"""Everything that can go wrong here; a caller who doesn't care which catches `CalendarError`."""


class CalendarError(Exception):
    """The root of this package's errors; the message says what was expected."""


class BadEntry(CalendarError, ValueError):
    """An entry, a calendar or an item was made with values that no calendar can show."""


class UnknownZone(CalendarError, ValueError):
    """A time zone, or a time in it, of which we don't hold the rules."""


class BadCalendar(CalendarError, ValueError):
    """Bytes that aren't a calendar of plain events; the message says which event and why."""
