"""An .ics document to its events, each event by itself where the whole can't be read."""

import re

from icalendar import Calendar, Component

from calendars.busy.instants import UNREADABLE
from calendars.municipal.collected import Collected
from calendars.municipal.found import Asked, Found, NotReadable, Reason, What
from calendars.municipal.series import read_events

MOST_ENTRIES = 5_000
_EDGE = re.compile(r"(?im)^(BEGIN|END):([^\r\n]*?)[ \t]*\r?$")
_EVENT = re.compile(r"(?ims)^BEGIN:VEVENT[ \t]*\r?$.*?^END:VEVENT[ \t]*\r?$")
_ZONE = re.compile(r"(?ims)^BEGIN:VTIMEZONE[ \t]*\r?$.*?^END:VTIMEZONE[ \t]*\r?$")
_SUMMARY = re.compile(r"(?im)^SUMMARY[^:\r\n]*:([^\r\n]*)")
_UID = re.compile(r"(?im)^UID[^:\r\n]*:([^\r\n]*)")
# Properties of RFC 7808 in a VTIMEZONE, on which the zone reader gives up the whole calendar.
_UNREAD_ZONE_LINES = re.compile(r"(?im)^(TZUNTIL|TZID-ALIAS-OF)[;:].*(\r?\n[ \t].*)*\r?\n")


def read_ics(data: bytes, asked: Asked) -> Found:
    """Every dated event of an .ics document; runs without limits of its own.

    Raises:
        NotReadable: no calendar, half of one, or too many entries.
    """
    collected = Collected(asked)
    text = _text(data, collected)
    _refuse_halves(text)
    if len(_EVENT.findall(text)) > MOST_ENTRIES:
        raise NotReadable(Reason.TOO_MANY)
    title, events = _events(text, collected)
    read_events(events, collected)
    return collected.found(title=title)


def _text(data: bytes, collected: Collected) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What else a Dutch office's software writes; a wrong letter in a title does no harm.
        text = data.decode("cp1252", "replace")
        collected.note(What.NOT_UTF8)
    return _UNREAD_ZONE_LINES.sub("", text.replace("\0", ""))


def _refuse_halves(text: str) -> None:
    """Half a download looks as if all the rest had been withdrawn."""
    opened: list[str] = []
    edges = _EDGE.findall(text)
    if not any((edge.upper(), name.upper()) == ("BEGIN", "VCALENDAR") for edge, name in edges):
        raise NotReadable(Reason.NOT_A_CALENDAR)
    for edge, name in edges:
        if edge.upper() == "BEGIN":
            opened.append(name.upper())
        elif not opened or opened.pop() != name.upper():
            raise NotReadable(Reason.CUT_OFF)
    if opened:
        raise NotReadable(Reason.CUT_OFF)


def _events(text: str, collected: Collected) -> tuple[str, list[Component]]:
    """The calendar's name and its events."""
    try:
        calendars: list[Component] = list(Calendar.from_ical(text, multiple=True))
    except UNREADABLE:
        return "", _one_by_one(text, collected)
    names = [str(each.get("X-WR-CALNAME", each.get("NAME", ""))) for each in calendars]
    events = [event for each in calendars for event in each.walk("VEVENT")]
    return next(filter(None, names), ""), events


def _one_by_one(text: str, collected: Collected) -> list[Component]:
    """The events that can be read by themselves; the others are named."""
    for zone in _ZONE.findall(text):
        try:
            Calendar.from_ical(_wrapped(zone))  # the library remembers the zones that it has read
        except UNREADABLE:
            continue  # times in this zone will be told as being in an unknown one
    events: list[Component] = []
    for number, block in enumerate(_EVENT.findall(text), start=1):
        try:
            events += Calendar.from_ical(_wrapped(block)).walk("VEVENT")
        except UNREADABLE as error:
            uid = _first(_UID, block)
            names = (_first(_SUMMARY, block), uid, f"#{number}")
            collected.note(What.BROKEN, *names, found=type(error).__name__, key=uid)
    return events


def _wrapped(block: str) -> str:
    return f"BEGIN:VCALENDAR\r\n{block}\r\nEND:VCALENDAR\r\n"


def _first(pattern: re.Pattern[str], block: str) -> str:
    found = pattern.search(block)
    return found[1].strip() if found else ""
