"""One event with one date to a proposal."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Component
from icalendar.prop import vDDDTypes

from calendars.busy.instants import UNREADABLE, instant, length, moment
from calendars.municipal.collected import Collected
from calendars.municipal.found import Proposal, What
from calendars.municipal.texts import LONGEST_TITLE, one_line, paragraphs, web_address

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class When:
    """A local day, and where they are known its start and end in UTC."""

    day: date
    starts_at: datetime | None
    ends_at: datetime | None


class _LeftOut(Exception):
    """The event can't be a proposal; `what` says why."""

    def __init__(self, what: What, found: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.found = found


def propose_event(key: str, event: Component, collected: Collected) -> None:
    """Make a proposal of an event, and name what is wrong with it."""
    title = one_line(text_of(event, "SUMMARY"))
    try:
        when = _when(key, event, collected)
    except _LeftOut as unfit:
        collected.note(unfit.what, title, key, found=unfit.found, key=key)
        return
    if not title:
        collected.note(What.NO_TITLE, key)
    collected.propose(
        Proposal(
            key=key,
            title=title,
            day=when.day,
            starts_at=when.starts_at,
            ends_at=when.ends_at,
            place=one_line(text_of(event, "LOCATION"), LONGEST_TITLE),
            text=paragraphs(text_of(event, "DESCRIPTION")),
            url=web_address(text_of(event, "URL")),
            papers=tuple(filter(None, map(web_address, _all(event, "ATTACH")))),
            called_off=text_of(event, "STATUS").strip().upper() == "CANCELLED",
        )
    )


def text_of(event: Component, name: str) -> str:
    """A property as text: the first where there are several, empty where there is none."""
    return next(iter(_all(event, name)), "")


def _all(event: Component, name: str) -> list[str]:
    value = event.get(name, [])
    return [str(each) for each in (value if isinstance(value, list) else [value])]


def _when(key: str, event: Component, collected: Collected) -> When:
    if "DTSTART" not in event:
        raise _LeftOut(What.NO_START)
    try:
        start = moment(event, "DTSTART")
        if not isinstance(start, datetime):
            return _whole_day(event, start)
        return _timed(key, event, start, collected)
    except UNREADABLE as error:
        raise _LeftOut(What.BAD_START, _raw(event, "DTSTART")) from error


def _whole_day(event: Component, start: date) -> When:
    """A day without a time. Several days at once are a holiday or an exhibition, no meeting."""
    try:
        end = _end(event, start)
    except UNREADABLE:
        end = None
    if end is not None and end - start > _DAY:
        raise _LeftOut(What.MANY_DAYS, f"{start:%Y-%m-%d}")
    return When(start, None, None)


def _timed(key: str, event: Component, start: datetime, collected: Collected) -> When:
    zone = collected.asked.zone
    guessed = _unexplained_zone(event)
    starts_at = instant(start, zone)
    day = starts_at.astimezone(ZoneInfo(zone)).date()
    title = text_of(event, "SUMMARY")
    if guessed:
        collected.note(What.UNKNOWN_ZONE, title, key, found=guessed)
    try:
        end = _end(event, start)
        ends_at = None if end is None else instant(end, zone)
    except UNREADABLE:
        ends_at = datetime.min.replace(tzinfo=UTC)
    if ends_at is None or ends_at == starts_at:
        return When(day, starts_at, None)
    if ends_at < starts_at:
        collected.note(What.BAD_END, title, key, found=_raw(event, "DTEND", "DURATION"))
        return When(day, starts_at, None)
    if ends_at - starts_at > _DAY:
        raise _LeftOut(What.MANY_DAYS, f"{day:%Y-%m-%d}")
    return When(day, starts_at, ends_at)


def _end(event: Component, start: date) -> date | None:
    """Where it ends; None where nothing says so.

    Raises:
        ValueError and others of UNREADABLE: what stands there is no end.
    """
    if "DTEND" in event:
        return moment(event, "DTEND")
    if "DURATION" in event:
        return start + length(event)
    return None


def _unexplained_zone(event: Component) -> str:
    """The name of a zone that neither the calendar nor the world explains (RFC 5545, 3.2.19)."""
    value = event.get("DTSTART")
    if not isinstance(value, vDDDTypes) or "TZID" not in value.params:
        return ""
    explained = not isinstance(value.dt, datetime) or value.dt.tzinfo is not None
    return "" if explained else str(value.params["TZID"])


def _raw(event: Component, *names: str) -> str:
    for name in names:
        if name in event:
            return text_of(event, name)
    return ""
