"""When sample meetings fall: in their seasons, on open days, at usual hours."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random

from scheduler.db.tables import TableKind
from scheduler.domain.seasons import Season
from scheduler.domain.terms import DayPart
from scheduler.flows.province.sample.ground import Ground

_SATURDAY = 6
_DAYTIME = (time(9, 30), time(10), time(13), time(13, 30), time(15))
_EVENING = (time(19), time(19, 30), time(20))
_EVENINGS = {DayPart.OFFICE_HOURS: 0.12, DayPart.MIXED: 0.5, DayPart.EVENING: 1.0}
_SLOTS = ((1, 2, 3), (78, 15, 7))
_NEAR = timedelta(days=14)


def open_days(ground: Ground, kind: TableKind) -> list[date]:
    """The days of the year on which meetings of this kind can be held, in order."""
    saturday = kind.day_part is DayPart.SATURDAY
    days = {day for text in kind.seasons for day in Season.read(text).days(ground.year)}
    return sorted(
        day
        for day in days - ground.closed
        if (day.isoweekday() == _SATURDAY if saturday else day.isoweekday() < _SATURDAY)
    )


def meeting_days(days: Sequence[date], number: int, stream: Random) -> list[date]:
    """As many days as asked for, or as there are, spread evenly over these days."""
    number = min(number, len(days))
    bounds = [len(days) * part // number for part in range(number + 1)] if number else []
    return [days[stream.randrange(start, end)] for start, end in pairwise(bounds)]


def slots(
    ground: Ground, kind: TableKind, days: Sequence[date], first: date, stream: Random
) -> list[tuple[datetime, datetime]]:
    """One to three times for a meeting, the first on its own day and the others near it."""
    (number,) = stream.choices(*_SLOTS)
    near = [day for day in days if day != first and abs(day - first) <= _NEAR]
    chosen = [first, *stream.sample(near, min(number - 1, len(near)))]
    return [slot(ground, kind, day, stream) for day in chosen]


def slot(ground: Ground, kind: TableKind, day: date, stream: Random) -> tuple[datetime, datetime]:
    """A time on one day, at a usual hour."""
    # Python adds to local times as if the clock never changed; in UTC it never does.
    starts = datetime.combine(day, _hour(kind, stream), ground.zone).astimezone(UTC)
    return starts, starts + timedelta(minutes=kind.duration_minutes)


def _hour(kind: TableKind, stream: Random) -> time:
    if kind.day_part is DayPart.SATURDAY:
        return _DAYTIME[stream.randrange(2)]
    evening = stream.random() < _EVENINGS[kind.day_part]
    return stream.choice(_EVENING if evening else _DAYTIME)
