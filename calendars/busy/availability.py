"""VAVAILABILITY: when somebody can be asked at all (RFC 7953)."""

from collections import defaultdict
from collections.abc import Iterator

from icalendar import Calendar, Component

from calendars.busy.instants import UNREADABLE, instant, length, moment
from calendars.busy.question import Question
from calendars.busy.series import Faulty, series_spans
from calendars.spans import Span, clipped, merged, without

_LOWEST = 10  # PRIORITY 0, and none, come below 9 (section 3.1)


def unavailable(calendar: Calendar, question: Question) -> Iterator[Span | Faulty]:
    """The time that the owner's availability leaves out.

    Section 5: from the lowest priority to the highest, each takes the place of what was
    said before over its own stretch of time. Of equals the stricter one holds.
    """
    busy: tuple[Span, ...] = ()
    levels = defaultdict(list)
    for block in calendar.walk("VAVAILABILITY"):
        levels[_rank(block)].append(block)
    for rank in sorted(levels, reverse=True):
        try:
            blocks = [_block(block, question) for block in levels[rank]]
        except UNREADABLE as error:
            yield Faulty(f"unreadable VAVAILABILITY ({type(error).__name__})")
            continue
        yield from [fault for *_, faults in blocks for fault in faults]
        reach = merged(part for span, *_ in blocks for part in span)
        closed = [part for span, free, _ in blocks for part in without(span, free)]
        busy = merged((*without(busy, reach), *closed))
    yield from busy


def _rank(block: Component) -> int:
    try:
        return int(block.get("PRIORITY", 0)) or _LOWEST
    except UNREADABLE:
        return _LOWEST


def _block(
    block: Component, question: Question
) -> tuple[tuple[Span, ...], tuple[Span, ...], list[Faulty]]:
    """Its stretch within the window, the free time in it, and what could not be read."""
    free: list[Span] = []
    faults: list[Faulty] = []
    for series in _by_uid(block):
        for result in series_spans(series, question, bool):
            if isinstance(result, Faulty):
                faults.append(result)
            else:
                free.append(result)
    return _stretch(block, question), merged(free), faults


def _by_uid(block: Component) -> list[list[Component]]:
    """The AVAILABLE parts as events, which recur in the same way (section 3.1)."""
    series: dict[str, list[Component]] = defaultdict(list)
    for number, part in enumerate(block.walk("AVAILABLE")):
        series[str(part.get("UID", f"nameless {number}"))].append(part)
    return list(series.values())


def _stretch(block: Component, question: Question) -> tuple[Span, ...]:
    """From DTSTART to DTEND or over DURATION; without them, for ever (section 3.1)."""
    window = question.window
    start, end = window.starts_at, window.ends_at
    if "DTSTART" in block:
        start = instant(moment(block, "DTSTART"), question.zone)
    if "DTEND" in block:
        end = instant(moment(block, "DTEND"), question.zone)
    elif "DURATION" in block:
        end = start + length(block)
    return clipped([Span(start, end)], window) if start < end else ()
