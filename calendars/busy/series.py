"""One recurring thing, with its exceptions, to the spans of its occurrences."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Component, Event

from calendars.busy.instants import UNREADABLE, exact_length, instant, moment, span_between
from calendars.busy.question import Question
from calendars.spans import Span

# What decides when something takes place: unreadable here means unread.
_DECISIVE = re.compile(
    r"\b(DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|RECURRENCE-ID|STATUS|TRANSP)\b"
)
# Our own note on a component, so that each copy that recurrence makes of it carries it along.
_EXACTLY = "X-AANTAFEL-EXACTLY"
# Whole days and times without a zone may lie a day aside of where UTC has them.
_MARGIN = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Faulty:
    """An entry that could not be understood; `what` names the kind of fault, not the entry."""

    what: str


def series_spans(
    series: list[Component],
    question: Question,
    counts: Callable[[Component], bool],
    clock: str = "",
) -> Iterator[Span | Faulty]:
    """The spans of all components of one UID, or one fault instead of silence.

    `clock` is the calendar's X-WR-TIMEZONE: what some servers mean by times written in UTC.
    """
    unread = [str(error[0] or "a line") for part in series for error in _decisive_errors(part)]
    if unread:
        yield Faulty(f"unreadable {', '.join(sorted(set(unread)))}")
        return
    try:
        found = _occurrences(_alone(series, clock), question)
        spans = [_span(occurrence, question.zone) for occurrence in found if counts(occurrence)]
    except UNREADABLE as error:
        yield Faulty(f"times that make no sense ({type(error).__name__})")
    else:
        yield from filter(None, spans)


def _decisive_errors(component: Component) -> list[tuple[str | None, str]]:
    return [error for error in component.errors if _DECISIVE.search(f"{error[0]} {error[1]}")]


def _occurrences(calendar: Calendar, question: Question) -> list[Component]:
    query = recurring_ical_events.of(calendar, skip_bad_series=True)
    if not query.series:
        raise ValueError("the library gave this series up")
    window = question.window
    found: list[Component] = query.between(window.starts_at - _MARGIN, window.ends_at + _MARGIN)
    return found


def _alone(series: list[Component], clock: str) -> Calendar:
    """A calendar of one series: so a broken one is known by itself, and spoils no other."""
    calendar = Calendar()
    if _known(clock):
        calendar["X-WR-TIMEZONE"] = clock
    for component in series:
        event = Event(component)  # AVAILABLE recurs just as an event does (RFC 7953)
        event[_EXACTLY] = exact_length(component)
        calendar.add_component(event)
    return calendar


def _known(zone: str) -> bool:
    try:
        return bool(zone and ZoneInfo(zone))
    except (ValueError, OSError, LookupError):
        return False


def _span(occurrence: Component, zone: str) -> Span | None:
    start, end = moment(occurrence, "DTSTART"), moment(occurrence, "DTEND")
    exactly: timedelta | None = occurrence.get(_EXACTLY)
    if exactly and end - start == exactly:
        return span_between(start, instant(start, zone) + exactly, zone)
    return span_between(start, end, zone)
