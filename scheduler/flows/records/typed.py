"""Days, lengths of time and hours of the day as people and spreadsheets write them."""

import re
from datetime import date, time

from scheduler.domain.parsing import Unfit

_HOUR = 60
_DECIMAL_HOURS = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,4}))?")
# A spreadsheet that takes hours and minutes for a time of the day adds seconds to it.
_CLOCK_HOURS = re.compile(r"([0-9]{1,6}):([0-5][0-9])(?::00)?")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DUTCH_DAY = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_SPAN = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})\s*(?:-|–|tot)\s*([0-9]{1,2})[:.]([0-9]{2})")  # noqa: RUF001 - people type it
_END_OF_DAY = 24 * 60
_FIRST_YEAR, _LAST_YEAR = 1900, 2200

Span = tuple[time, time, bool]
"""The start, the end, and whether that end is the midnight at the day's end."""


def duration(text: str, *, least: int = 0) -> int:
    """Whole minutes of `120`, `7,5` or `121:40` hours; Unfit for anything else."""
    unfit = Unfit("een aantal uren zoals 120, 7,5 of 7:30", "hours such as 120, 7.5 or 7:30")
    if found := _CLOCK_HOURS.fullmatch(text):
        minutes = int(found[1]) * _HOUR + int(found[2])
    elif found := _DECIMAL_HOURS.fullmatch(text):
        minutes = round(float(f"{found[1]}.{found[2] or 0}") * _HOUR)
    else:
        raise unfit
    if minutes < least:
        raise unfit
    return minutes


def duration_text(minutes: int) -> str:
    """Whole hours, or hours and minutes, as `duration` reads them."""
    hours, rest = divmod(minutes, _HOUR)
    return f"{hours}:{rest:02}" if rest else str(hours)


def day_in(text: str) -> date:
    """A day as `2027-01-31`, `31-1-2027` or `31/1/2027`; Unfit for anything else."""
    unfit = Unfit("een datum zoals 31-1-2027", "a date such as 31-1-2027")
    if found := _ISO_DAY.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _DUTCH_DAY.fullmatch(text):
        day, month, year = map(int, found.groups())
    else:
        raise unfit
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise unfit
    try:
        return date(year, month, day)
    except ValueError as error:
        raise unfit from error


def spans(text: str) -> tuple[Span, ...]:
    """Times of one day, such as `09:00-12:00, 19.00-24.00`, in order; Unfit for anything else."""
    unfit = Unfit("tijden zoals 09:00-12:00, 19:00-22:30", "times such as 09:00-12:00, 19:00-22:30")
    found = []
    for word in filter(None, (each.strip() for each in text.split(","))):
        match = _SPAN.fullmatch(word)
        if match is None:
            raise unfit
        found.append(_span(match, unfit))
    return tuple(sorted(set(found)))


def _span(match: re.Match[str], unfit: Unfit) -> Span:
    first, second, third, fourth = map(int, match.groups())
    starts, ends = first * _HOUR + second, third * _HOUR + fourth
    if not (starts < ends <= _END_OF_DAY and second < _HOUR and fourth < _HOUR):
        raise unfit
    at_midnight = ends == _END_OF_DAY
    return time(first, second), time() if at_midnight else time(third, fourth), at_midnight


def spans_text(those: tuple[Span, ...]) -> str:
    """As `spans` reads them."""
    return ", ".join(
        f"{starts:%H:%M}-{'24:00' if at_midnight else f'{ends:%H:%M}'}"
        for starts, ends, at_midnight in those
    )
