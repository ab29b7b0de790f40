"""A stretch of time that its owner keeps free of meetings, as a calendar program writes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar

from calendars.account.lines import Component, parsed
from calendars.account.writing import Why, WriteRefused
from calendars.bounded import ChildFailed, LimitReached, Limits
from calendars.busy import HalfRead, NotReadable, Question, read_busy
from calendars.busy.document import busy_time
from calendars.busy.instants import UNREADABLE, instant, length, moment
from calendars.errors import BadCalendar
from calendars.ical.text import one_line
from calendars.spans import Span

_MOST_SPANS = 2_000
_LIMITS = Limits(cpu_seconds=5, wall_seconds=20, input_megabytes=1)
_RECURRING = {"RRULE", "RDATE", "EXRULE"}
_KNOWN = {"VEVENT", "VTIMEZONE"}
_UTC = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What is used of an event that somebody put among their busy time: when, and no more.

    Attributes:
        uid: its UID.
        spans: the time it takes within the window asked for, merged, in order.
        starts_at, ends_at: from its first moment to its last one known.
        searched: its times as VEVENTs, by which an account answers questions about it.
        recurs: whether there can be more beyond the window.
    """

    uid: str
    spans: tuple[Span, ...]
    starts_at: datetime
    ends_at: datetime
    searched: bytes
    recurs: bool


def block_of(content: bytes, window: Span) -> Block:
    """Read what a program wrote; recurring events within limits, in a process of their own.

    Raises:
        WriteRefused: it isn't an event, or comes back too often.
        BadCalendar: it can't be read whole, so nobody knows when its owner is busy.
    """
    calendar = parsed(content)
    uid = _uid(calendar)
    recurs = any(name in _RECURRING for event in _events(calendar) for name in _names(event))
    spans = _spans(content, window, recurs=recurs)
    if len(spans) > _MOST_SPANS:
        raise WriteRefused(Why.TOO_MANY)
    own = _own_span(content)
    return Block(
        uid=uid,
        spans=spans,
        starts_at=min(span.starts_at for span in (own, *spans)),
        ends_at=max(span.ends_at for span in (own, *spans)),
        searched=b"".join(_stand_ins(uid, spans, own)),
        recurs=recurs,
    )


def _events(calendar: Component) -> list[Component]:
    return [part for part in calendar.parts if part.name == "VEVENT"]


def _names(event: Component) -> set[str]:
    return {line.partition(":")[0].partition(";")[0].upper() for line in event.lines}


def _uid(calendar: Component) -> str:
    """The one UID of its events (RFC 4791, section 4.1)."""
    if calendar.named("METHOD"):
        raise BadCalendar("A stored calendar has no METHOD.")
    events = _events(calendar)
    if not events or any(part.name not in _KNOWN for part in calendar.parts):
        raise WriteRefused(Why.NO_EVENT)
    uids = {line for event in events for line in event.named("UID")}
    if len(uids) != 1 or any(len(event.named("UID")) != 1 for event in events):
        raise BadCalendar("Expected events of one UID.")
    uid = one_line(uids.pop().partition(":")[2])
    if not uid:
        raise BadCalendar("The UID is empty.")
    return uid


def _spans(content: bytes, window: Span, *, recurs: bool) -> tuple[Span, ...]:
    question = Question(window=window, may_be_empty=True)
    try:
        if recurs:
            return read_busy(content, question, _LIMITS).busy
        found = busy_time(content, question)
    except (HalfRead, NotReadable, LimitReached, ChildFailed, *UNREADABLE) as error:
        raise BadCalendar("Its times can't be read.") from error
    if found.faults:
        raise BadCalendar("Its times can't be read.")
    return found.busy


def _own_span(content: bytes) -> Span:
    """From the start of its first event to its end; a second or a day where it names none."""
    try:
        event = Calendar.from_ical(content.decode("utf-8-sig")).walk("VEVENT")[0]
        start = moment(event, "DTSTART")
        starts_at, ends_at = _instant(start), _instant(start) + _usual(start)
        if "DTEND" in event:
            ends_at = _instant(moment(event, "DTEND"))
        elif "DURATION" in event:
            ends_at = starts_at + length(event)
        return Span(starts_at, max(ends_at, starts_at + timedelta(seconds=1)))
    except UNREADABLE as error:
        raise BadCalendar("Its times can't be read.") from error


def _instant(when: date) -> datetime:
    return instant(when, "Europe/Amsterdam")


def _usual(start: date) -> timedelta:
    return timedelta(seconds=1) if isinstance(start, datetime) else timedelta(days=1)


def _stand_ins(uid: str, spans: tuple[Span, ...], own: Span) -> Iterable[bytes]:
    """One event with an exception for each further span; a free one where no time is taken."""
    for number, span in enumerate(spans or (own,)):
        start, end = (at.astimezone(UTC).strftime(_UTC) for at in (span.starts_at, span.ends_at))
        yield (
            f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:{start}\r\nDTSTART:{start}\r\nDTEND:{end}\r\n"
            f"TRANSP:{'OPAQUE' if spans else 'TRANSPARENT'}\r\n"
            f"{f'RECURRENCE-ID:{start}' if number else 'SUMMARY:Bezet'}\r\nEND:VEVENT\r\n"
        ).encode()
