"""Events to dates: single ones, and series with their exceptions."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

import recurring_ical_events
from icalendar import Calendar, Component, vRecur

from calendars.busy.instants import UNREADABLE, instant, moment
from calendars.municipal.collected import Collected
from calendars.municipal.event import propose_event, text_of
from calendars.municipal.found import What
from calendars.municipal.stopwatch import Stopwatch, TimeIsUp
from calendars.municipal.texts import LONGEST_KEY, one_line

_PER_DAY = {"YEARLY", "MONTHLY", "WEEKLY", "DAILY"}
_WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
_MOST_OF_ONE = 1_000
_EARLIEST_YEAR = 1970
_MARGIN = timedelta(days=2)
_DECISIVE = re.compile(r"\b(RRULE|RDATE|EXDATE|RECURRENCE-ID)\b")
# What the recurrence library may raise besides: dateutil asserts, and counts without end.
_UNREADABLE = (*UNREADABLE, RecursionError)


def read_events(events: Iterable[Component], collected: Collected) -> None:
    """Make a proposal of every date, or name what is wrong with the entry."""
    groups: dict[str, list[Component]] = defaultdict(list)
    for number, event in enumerate(events, start=1):
        groups[_uid(event, number, collected)].append(event)
    clock = Stopwatch()
    for uid, group in groups.items():
        if any(name in event for event in group for name in ("RRULE", "RDATE")):
            _read_series(uid, group, collected, clock)
        else:
            _read_single(uid, group, collected)


def _uid(event: Component, number: int, collected: Collected) -> str:
    if uid := one_line(text_of(event, "UID"), LONGEST_KEY):
        return uid
    title = text_of(event, "SUMMARY")
    collected.note(What.NO_UID, title, f"#{number}")
    # The same title at the same time is the same meeting, also next time.
    seen = f"{title}|{text_of(event, 'DTSTART') or number}"
    return f"nameless-{sha256(seen.encode('utf-8', 'replace')).hexdigest()[:20]}"


def _read_single(uid: str, group: list[Component], collected: Collected) -> None:
    """Each date once: of two that call themselves the same, the one revised most often."""
    chosen: dict[str, Component] = {}
    for event in sorted(group, key=_revision):
        try:
            key = _key(uid, event, collected.asked.zone)
        except _UNREADABLE:
            collected.note(What.BAD_SERIES, text_of(event, "SUMMARY"), uid, key=uid)
            continue
        if key in chosen:
            collected.note(What.DOUBLED, text_of(chosen[key], "SUMMARY"), uid)
        chosen[key] = event
    for key, event in chosen.items():
        propose_event(key, event, collected)


def _revision(event: Component) -> int:
    try:
        return int(event.get("SEQUENCE", 0))
    except (ValueError, TypeError):
        return 0


def _key(uid: str, event: Component, zone: str) -> str:
    if "RECURRENCE-ID" not in event:
        return uid
    return f"{uid}#{instant(moment(event, 'RECURRENCE-ID'), zone):%Y%m%dT%H%M%SZ}"


def _read_series(uid: str, group: list[Component], collected: Collected, clock: Stopwatch) -> None:
    title = next(filter(None, (text_of(event, "SUMMARY") for event in group)), "")
    fault = _unusable(group)
    if fault is None:
        try:
            with clock.running():
                occurrences = _occurrences(group, collected)
        except TimeIsUp:
            fault = What.TOO_SLOW
        except _UNREADABLE:
            fault = What.BAD_SERIES
        else:
            _propose_all(uid, title, group, occurrences, collected)
    if fault is not None:
        collected.note(fault, title, uid, key=uid)


def _propose_all(
    uid: str,
    title: str,
    group: list[Component],
    occurrences: list[Component],
    collected: Collected,
) -> None:
    if len(occurrences) > _MOST_OF_ONE:
        collected.note(What.TOO_OFTEN, title, uid, key=uid)
        return
    has_end = any("DTEND" in event or "DURATION" in event for event in group)
    before = len(collected.faults)
    for occurrence in occurrences:
        if not has_end:
            occurrence.pop("DTEND", None)  # the library makes one up
        propose_event(_key(uid, occurrence, collected.asked.zone), occurrence, collected)
    # What is wrong with a series is said once, not once for each of its dates.
    said = dict.fromkeys(collected.faults[before:])
    collected.faults[before:] = said


def _unusable(group: list[Component]) -> What | None:
    """What makes a series unfit to be reckoned at all."""
    for event in group:
        if any(_DECISIVE.search(f"{name} {why}") for name, why in event.errors):
            return What.BAD_SERIES
        if any(_more_than_daily(rule) for rule in _rules(event)):
            return What.TOO_OFTEN
        if "DTSTART" not in event:
            return What.NO_START
        try:
            if moment(event, "DTSTART").year < _EARLIEST_YEAR:
                return What.BAD_SERIES
        except _UNREADABLE:
            return What.BAD_START
    return None


def _rules(event: Component) -> list[vRecur]:
    rules = event.get("RRULE", [])
    found = rules if isinstance(rules, list) else [rules]
    return [rule for rule in found if isinstance(rule, vRecur)]


def _more_than_daily(rule: vRecur) -> bool:
    often = {str(word).upper() for word in rule.get("FREQ", [])} - _PER_DAY
    return bool(often) or any(len(rule.get(part, [])) > 1 for part in _WITHIN_A_DAY)


def _occurrences(group: list[Component], collected: Collected) -> list[Component]:
    calendar = Calendar()
    for event in group:
        calendar.add_component(event)
    query = recurring_ical_events.of(calendar, skip_bad_series=True)
    if not query.series:
        raise ValueError("the library gave this series up")
    first = datetime.combine(collected.asked.first_day, datetime.min.time()) - _MARGIN
    last = datetime.combine(collected.asked.last_day, datetime.min.time()) + _MARGIN
    found: list[Component] = []
    for occurrence in query.between(first, last):
        found.append(occurrence)
        if len(found) > _MOST_OF_ONE:
            break
    return found
