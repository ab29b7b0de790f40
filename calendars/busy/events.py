"""VEVENTs to spans: recurrence, exceptions, and what does not count."""

from collections import defaultdict
from collections.abc import Iterator

from icalendar import Calendar, Component, vCalAddress

from calendars.busy.question import Question
from calendars.busy.series import Faulty, series_spans
from calendars.spans import Span


def event_spans(calendar: Calendar, question: Question) -> Iterator[Span | Faulty]:
    """The spans of every event that takes its owner's time."""
    clock = str(calendar.get("X-WR-TIMEZONE", ""))
    for series in _by_uid(calendar):
        if any(takes_time(event, question) for event in series):
            yield from series_spans(
                series, question, lambda occurrence: takes_time(occurrence, question), clock
            )


def takes_time(event: Component, question: Question) -> bool:
    """Whether its owner is taken: not when shown as free, cancelled, ours, or declined."""
    return (
        _word(event, "TRANSP") != "TRANSPARENT"
        and _word(event, "STATUS") != "CANCELLED"
        and str(event.get("UID", "")) not in question.own_uids
        and not _declined(event, question.addresses)
    )


def _word(event: Component, name: str) -> str:
    return str(event.get(name, "")).strip().upper()


def _declined(event: Component, addresses: frozenset[str]) -> bool:
    guests = event.get("ATTENDEE", [])
    own = {address.lower().removeprefix("mailto:") for address in addresses}
    return any(
        str(guest.params.get("PARTSTAT", "")).upper() == "DECLINED"
        and not own.isdisjoint(_addresses(guest))
        for guest in (guests if isinstance(guests, list) else [guests])
        if isinstance(guest, vCalAddress)
    )


def _addresses(guest: vCalAddress) -> set[str]:
    """A guest's address; some servers write a path there and the mail address in EMAIL."""
    return {str(guest).lower().removeprefix("mailto:"), str(guest.params.get("EMAIL", "")).lower()}


def _by_uid(calendar: Calendar) -> list[list[Component]]:
    series: dict[str, list[Component]] = defaultdict(list)
    for number, event in enumerate(calendar.walk("VEVENT")):
        series[str(event.get("UID", f"nameless {number}"))].append(event)
    return list(series.values())
