"""VFREEBUSY: busy time that somebody else has worked out (RFC 5545, section 3.6.4)."""

from collections.abc import Iterator
from datetime import timedelta

from icalendar import Calendar, Component

from calendars.busy.instants import UNREADABLE, span_between
from calendars.busy.question import Question
from calendars.busy.series import Faulty
from calendars.spans import Span


def stored_busy(calendar: Calendar, question: Question) -> Iterator[Span | Faulty]:
    """Every period but those marked FREE; an unknown FBTYPE counts as BUSY (section 3.2.9)."""
    for stored in calendar.walk("VFREEBUSY"):
        try:
            yield from list(_periods(stored, question))
        except UNREADABLE as error:
            yield Faulty(f"unreadable FREEBUSY ({type(error).__name__})")
        if any("FREEBUSY" in f"{name} {why}" for name, why in stored.errors):
            yield Faulty("unreadable FREEBUSY")


def _periods(stored: Component, question: Question) -> Iterator[Span]:
    periods = stored.get("FREEBUSY", [])
    for period in periods if isinstance(periods, list) else [periods]:
        start, end = period.dt
        end = start + end if isinstance(end, timedelta) else end
        span = span_between(start, end, question.zone)
        if span and str(period.params.get("FBTYPE", "BUSY")).upper() != "FREE":
            yield span
