"""The same weekday a year later, with a wide berth around closed days and school holidays."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_WEEK = timedelta(weeks=1)
_YEAR = timedelta(weeks=52)
_MOST_WEEKS = 8
"""How far a meeting may shift: further away it would no longer be the same season's."""


class Obstacle(StrEnum):
    """Why a meeting shifts, or would fall on a day that is better avoided."""

    CLOSED = "closed"
    SCHOOL_HOLIDAY = "school_holiday"
    SAME_TABLE = "same_table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The days of one year that are better avoided."""

    year: int
    closed: frozenset[date]
    holidays: frozenset[date]

    def obstacle(self, day: date) -> Obstacle | None:
        """What speaks against a day."""
        if day in self.closed:
            return Obstacle.CLOSED
        return Obstacle.SCHOOL_HOLIDAY if day in self.holidays else None


@dataclass(frozen=True, slots=True)
class Landing:
    """The day on which a meeting comes down.

    `avoided` is what lay in the way of the usual day, and `left` what couldn't be avoided.
    """

    day: date
    avoided: Obstacle | None = None
    left: Obstacle | None = None


def same_day_next_year(day: date) -> date:
    """The same weekday 52 weeks later, or 53 where 52 weeks don't reach the next year.

    >>> same_day_next_year(date(2027, 3, 18))
    datetime.date(2028, 3, 16)
    """
    usual = day + _YEAR
    return usual if usual.year > day.year else usual + _WEEK


def land(usual: date, calendar: Calendar, taken: frozenset[date] = frozenset()) -> Landing:
    """The nearest free day on the same weekday; first a day that nothing speaks against at all.

    Args:
        usual: the day that the rhythm gives.
        calendar: the days to avoid.
        taken: days on which the same table meets already.
    """

    def obstacle(day: date) -> Obstacle | None:
        return Obstacle.SAME_TABLE if day in taken else calendar.obstacle(day)

    in_the_way = obstacle(usual)
    if in_the_way is None:
        return Landing(usual)
    near = [day for day in _around(usual) if day.year == calendar.year]
    for bearable in ({None}, {None, Obstacle.SCHOOL_HOLIDAY}):
        for day in near:
            if obstacle(day) in bearable:
                return Landing(day, in_the_way if day != usual else None, obstacle(day))
    return Landing(usual, None, in_the_way)


def _around(usual: date) -> Iterator[date]:
    """The day itself, then a week later, a week earlier, two weeks later, and so on."""
    yield usual
    for weeks in range(1, _MOST_WEEKS + 1):
        yield usual + weeks * _WEEK
        yield usual - weeks * _WEEK
