"""One entry as one VEVENT."""

from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Event, vCalAddress, vCategory, vUri

from calendars.entry import Entry, Partstat, Party, Standing
from calendars.ical.text import Text, lines, one_line, uri
from calendars.zones import on_clock

CANCELLED_PREFIX = "GEANNULEERD: "
"""Put before a cancelled title: half of the programs show a cancelled event as any other."""

_STATUS = {
    Standing.CONFIRMED: "CONFIRMED",
    Standing.TENTATIVE: "TENTATIVE",
    Standing.CANCELLED: "CANCELLED",
}


def fragment(entry: Entry) -> bytes:
    """The entry's VEVENT (RFC 5545, section 3.6.1), ending in CRLF; a function of the entry alone.

    Raises:
        UnknownZone: the entry's zone isn't Europe/Amsterdam, or it lies before the rules we hold.
    """
    event = Event()
    _add_revision(event, entry)
    _add_times(event, entry)
    _add_words(event, entry)
    _add_standing(event, entry)
    _add_parties(event, entry)
    _add_alarms(event, entry)
    return bytes(event.to_ical(sorted=False))


def _add_revision(event: Event, entry: Entry) -> None:
    revised_at = entry.revised_at.astimezone(UTC)
    event["UID"] = Text(one_line(entry.uid))
    event.add("DTSTAMP", revised_at)
    event.add("LAST-MODIFIED", revised_at)
    event.add("SEQUENCE", entry.revision)


def _add_times(event: Event, entry: Entry) -> None:
    start, end = _days(entry) if entry.all_day else _clock_times(entry)
    event.add("DTSTART", start)
    event.add("DTEND", end)


def _days(entry: Entry) -> tuple[date, date]:
    start, end = entry.days
    return start.date(), end.date()


def _clock_times(entry: Entry) -> tuple[datetime, datetime]:
    start = on_clock(entry.starts_at, entry.zone)
    end = on_clock(entry.ends_at, entry.zone)
    if UTC in (start.tzinfo, end.tzinfo):  # both in one form: some programs show one zone for both
        return start.astimezone(UTC), end.astimezone(UTC)
    return start, end


def _add_words(event: Event, entry: Entry) -> None:
    prefix = CANCELLED_PREFIX if entry.standing is Standing.CANCELLED else ""
    event["SUMMARY"] = Text(prefix + lines(entry.title))
    if entry.description:
        event["DESCRIPTION"] = Text(lines(entry.description))
    if entry.location:
        event["LOCATION"] = Text(lines(entry.location))
    if entry.categories:
        event["CATEGORIES"] = _categories(entry.categories)
    if entry.url:
        event["URL"] = vUri(uri(entry.url))
    if entry.conference_url:
        event["CONFERENCE"] = vUri(uri(entry.conference_url), params={"VALUE": "URI"})


def _categories(words: tuple[str, ...]) -> vCategory:
    categories = vCategory([])
    categories.cats = [Text(one_line(word)) for word in words]
    return categories


def _add_standing(event: Event, entry: Entry) -> None:
    event["STATUS"] = Text(_STATUS[entry.standing])
    event["TRANSP"] = Text("OPAQUE" if entry.takes_time else "TRANSPARENT")


def _add_parties(event: Event, entry: Entry) -> None:
    if entry.organiser:
        event["ORGANIZER"] = _party(entry.organiser)
    if entry.attendee:
        attendee = _party(entry.attendee)
        partstat = entry.attendee.partstat
        attendee.params.update(ROLE="REQ-PARTICIPANT", PARTSTAT=partstat.value.upper())
        if partstat is Partstat.NEEDS_ACTION:
            attendee.params["RSVP"] = "TRUE"
        event["ATTENDEE"] = attendee


def _party(party: Party) -> vCalAddress:
    address = vCalAddress(uri(party.address))
    # A backslash means itself in a parameter, but icalendar, for one, reads it as an escape.
    if name := one_line(party.name).replace("\\", "/"):
        address.params["CN"] = name
    return address


def _add_alarms(event: Event, entry: Entry) -> None:
    if entry.standing is Standing.CANCELLED:
        return
    for before in entry.alarms:
        event.add_component(_alarm(entry, before))


def _alarm(entry: Entry, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm["ACTION"] = Text("DISPLAY")
    alarm["DESCRIPTION"] = Text(lines(entry.title))
    alarm.add("TRIGGER", -before)
    return alarm
