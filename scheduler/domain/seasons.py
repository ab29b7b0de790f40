"""Spans of days that come back every year, such as the weeks in which agreements are signed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from scheduler.domain.parsing import Unfit

MonthDay = tuple[int, int]

_MONTH_DAY = re.compile(r"([0-9]{2})-([0-9]{2})")
_ANY_YEAR = 2001  # not a leap year: 29 February doesn't come every year


def month_day(text: str) -> MonthDay:
    """A day of every year, such as 07-01 (1 July); raises Unfit."""
    unfit = Unfit(
        "een dag in elk jaar zoals 07-01 (maand-dag)",
        "a day of every year such as 07-01 (month-day)",
    )
    found = _MONTH_DAY.fullmatch(text)
    if found is None:
        raise unfit
    month, day = map(int, found.groups())
    try:
        date(_ANY_YEAR, month, day)
    except ValueError as error:
        raise unfit from error
    return month, day


@dataclass(frozen=True, slots=True)
class Season:
    """A span of days within one calendar year, both inclusive, as (month, day)."""

    first: MonthDay
    last: MonthDay

    @classmethod
    def read(cls, text: str) -> Self:
        """Read `03-01/06-30`; raises Unfit."""
        unfit = Unfit(
            "een periode in een jaar zoals 03-01/06-30 (maand-dag)",
            "a span within a year such as 03-01/06-30 (month-day)",
        )
        first, slash, last = text.partition("/")
        try:
            season = cls(month_day(first), month_day(last))
        except Unfit as error:
            raise unfit from error
        if not slash or season.first > season.last:
            raise unfit
        return season

    def __str__(self) -> str:
        return "{:02}-{:02}/{:02}-{:02}".format(*self.first, *self.last)

    def days(self, year: int) -> Iterator[date]:
        """The season's days in one year, in order."""
        day, last = date(year, *self.first), date(year, *self.last)
        while day <= last:
            yield day
            day += timedelta(days=1)
