"""When sample representatives can be asked, and when their time is taken."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from random import Random

from scheduler.db.tables import Availability, Busy
from scheduler.domain.terms import Bond
from scheduler.flows.province.sample.ground import Ground

_MONDAY_TO_FRIDAY = (1, 2, 3, 4, 5)
_ALWAYS = 0.4  # of the volunteers without a job
_HOLIDAYS, _HOLIDAY_DAYS = 3, (5, 7, 14)
_APPOINTMENTS, _HOURS = 24, (1, 1, 2, 4)
_APPOINTMENT_STARTS = (time(9), time(11), time(13), time(15, 30), time(19))

_Window = tuple[int, time, time]


def availability(
    identifier: str, bond: Bond, stream: Random, *, paid_job: bool
) -> Sequence[Availability] | None:
    """The weekly windows in local time; None is always."""
    if bond is Bond.PROFESSIONAL:
        windows = [*_on((1, 2, 3, 4), time(8, 30), time(17, 30)), *_evenings(stream, 2)]
    elif paid_job:
        windows = [*_days_off(stream), *_evenings(stream, 5)]
    elif stream.random() < _ALWAYS:
        return None
    elif stream.random() < _ALWAYS:
        four = sorted(stream.sample(_MONDAY_TO_FRIDAY, 4))
        windows = _on(four, time(9), time(22, 30))
    else:
        windows = [*_on(_MONDAY_TO_FRIDAY, time(9), time(17, 30)), *_evenings(stream, 3)]
    return [
        Availability(representative_id=identifier, weekday=weekday, starts=starts, ends=ends)
        for weekday, starts, ends in windows
    ]


def _on(weekdays: Iterable[int], starts: time, ends: time) -> list[_Window]:
    return [(weekday, starts, ends) for weekday in weekdays]


def _evenings(stream: Random, number: int) -> list[_Window]:
    return _on(sorted(stream.sample(_MONDAY_TO_FRIDAY, number)), time(18), time(23))


def _days_off(stream: Random) -> list[_Window]:
    """Who has a job is free by day on one or two days of the week."""
    days = sorted(stream.sample(_MONDAY_TO_FRIDAY, stream.choice((1, 2))))
    return _on(days, time(8, 30), time(18))


def busy(ground: Ground, identifier: str) -> list[Busy]:
    """A year's holidays and appointments, in the order of their start."""
    stream = ground.stream("busy", identifier)
    spans = [*_holidays(ground, stream), *_appointments(ground, stream)]
    return [
        Busy(representative_id=identifier, starts_at=starts, ends_at=ends)
        for starts, ends in sorted(set(spans))
    ]


def _holidays(ground: Ground, stream: Random) -> Iterable[tuple[datetime, datetime]]:
    for _ in range(_HOLIDAYS):
        days = stream.choice(_HOLIDAY_DAYS)
        first = _random_day(ground, stream)
        yield first.astimezone(UTC), (first + timedelta(days=days)).astimezone(UTC)


def _appointments(ground: Ground, stream: Random) -> Iterable[tuple[datetime, datetime]]:
    for _ in range(_APPOINTMENTS):
        start = stream.choice(_APPOINTMENT_STARTS)
        starts = _random_day(ground, stream).replace(hour=start.hour, minute=start.minute)
        starts = starts.astimezone(UTC)
        yield starts, starts + timedelta(hours=stream.choice(_HOURS))


def _random_day(ground: Ground, stream: Random) -> datetime:
    """The local midnight that begins a day of the year."""
    days = (ground.last_day - ground.first_day).days + 1
    day = ground.first_day + timedelta(days=stream.randrange(days))
    return datetime.combine(day, time(), ground.zone)
