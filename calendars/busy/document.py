"""A whole .ics document to busy time: events, stored free-busy, availability."""

import re
from dataclasses import dataclass, field

from icalendar import Calendar, Component

from calendars.busy.availability import unavailable
from calendars.busy.events import event_spans
from calendars.busy.freebusy import stored_busy
from calendars.busy.instants import guessed_zones
from calendars.busy.question import NothingThere, NotReadable, Question
from calendars.busy.series import Faulty
from calendars.spans import Span, clipped, merged

_MOST_ENTRIES = 50_000
_COUNTED = ("VEVENT", "VFREEBUSY", "VAVAILABILITY", "VTODO", "VJOURNAL")
# Properties of RFC 7808 in a VTIMEZONE, on which the zone reader gives up the whole calendar.
_UNREAD_ZONE_LINES = re.compile(rb"(?im)^(TZUNTIL|TZID-ALIAS-OF)[;:].*(\r?\n[ \t].*)*\r?\n")

_EDGES = re.compile(r"(?im)^(BEGIN|END):([^\r\n]*?)[ \t]*\r?$")


@dataclass(slots=True)
class Found:
    """What came out so far."""

    busy: tuple[Span, ...] = ()
    faults: list[str] = field(default_factory=list)
    guessed_zones: set[str] = field(default_factory=set)


def busy_time(data: bytes, question: Question) -> Found:
    """Every stretch that the document takes within the window; runs without limits of its own.

    Raises:
        NotReadable, NothingThere: see `read_busy`.
    """
    calendars = _parsed(data)
    entries = [part for calendar in calendars for part in calendar.subcomponents]
    _refuse_nothing(entries, question)
    found, spans = Found(), []
    for calendar in calendars:
        spans += _taken(calendar, question, found)
    found.busy = merged(clipped(spans, question.window))
    return found


def _parsed(data: bytes) -> list[Calendar]:
    try:
        text = _UNREAD_ZONE_LINES.sub(b"", data).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotReadable("not UTF-8 text") from None
    if text.upper().count("BEGIN:VEVENT") > _MOST_ENTRIES:
        raise NotReadable(f"more than {_MOST_ENTRIES} entries")
    _refuse_halves(text)
    try:
        parsed: list[Component] = list(Calendar.from_ical(text, multiple=True))
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        raise NotReadable(f"not a calendar ({type(error).__name__})") from None
    calendars = [part for part in parsed if isinstance(part, Calendar)]
    if not calendars:
        raise NotReadable("not a calendar")
    return calendars


def _refuse_halves(text: str) -> None:
    """The library takes any END for the one it waits for, so half a download can pass it."""
    opened: list[str] = []
    for edge, name in _EDGES.findall(text):
        if edge.upper() == "BEGIN":
            opened.append(name.upper())
        elif not opened or opened.pop() != name.upper():
            raise NotReadable(f"END:{name[:40]} closes nothing")
    if opened:
        raise NotReadable(f"the calendar is cut off within {opened[-1][:40]}")


def _refuse_nothing(entries: list[Component], question: Question) -> None:
    if question.may_be_empty or any(entry.name in _COUNTED for entry in entries):
        return
    raise NothingThere("the calendar holds no entries at all")


def _taken(calendar: Calendar, question: Question, found: Found) -> list[Span]:
    found.guessed_zones |= guessed_zones(calendar)
    spans: list[Span] = []
    for read in (event_spans, stored_busy, unavailable):
        for result in read(calendar, question):
            if isinstance(result, Faulty):
                found.faults.append(result.what)
            else:
                spans.append(result)
    return spans
