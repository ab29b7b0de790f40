"""The same meetings seen otherwise: a week by day, a month by week, a timeline per person."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.db.views import MeetingView
from scheduler.domain.times import local_day
from scheduler.web.coming import people_at
from scheduler.web.context import Visit
from scheduler.web.plans.filters import Asked

_WEEK = timedelta(days=7)
_SHEET = 60
"""How many people stand on one sheet of a timeline."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its meetings; `inside` is whether it belongs to the month that is shown.

    `all_of_it` is the address of a list of the whole day.
    """

    day: date
    inside: bool
    meetings: tuple[MeetingView, ...]
    all_of_it: str


@dataclass(frozen=True, slots=True)
class Line:
    """A representative with their duties in each week of a month."""

    id: str
    label: str
    weeks: tuple[tuple[MeetingView, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One way of seeing: `kind` is empty for the list.

    `days` holds whole weeks, Monday first; `lines` who has a duty in `weeks`, the Mondays. Many
    lines stand on several sheets, from 1.
    """

    kind: str
    days: tuple[Day, ...] = ()
    weeks: tuple[date, ...] = ()
    lines: tuple[Line, ...] = ()
    before: str = ""
    after: str = ""
    sheet: int = 1
    sheets: int = 1


def seen_as(visit: Visit, meetings: Sequence[MeetingView], asked: Asked) -> Seen:
    """The meetings in the way that is asked for; a word that isn't one is the list."""
    if asked.beeld == "week":
        monday = asked.monday or _monday(visit.today)
        return Seen(
            kind="week",
            days=tuple(_days(asked, meetings, monday, monday + _WEEK)),
            before=asked.of_week(monday - _WEEK),
            after=asked.of_week(monday + _WEEK),
        )
    if asked.beeld in {"maand", "tijdlijn"}:
        return _of_month(meetings, asked, _month(asked, meetings, visit.today))
    return Seen(kind="")


def _of_month(meetings: Sequence[MeetingView], asked: Asked, month: date) -> Seen:
    following = (month + timedelta(days=31)).replace(day=1)
    first, end = _monday(month), _monday(following - timedelta(days=1)) + _WEEK
    weeks = tuple(first + _WEEK * n for n in range((end - first) // _WEEK))
    if asked.beeld == "maand":
        days = tuple(_days(asked, meetings, first, end, month))
        return Seen(kind="maand", days=days, weeks=weeks)
    inside = [each for each in meetings if month <= _day(each) < following]
    lines = tuple(_lines(inside, weeks))
    sheets = max(1, -(-len(lines) // _SHEET))
    sheet = min(sheets, asked.blad or 1)
    return Seen(
        kind="tijdlijn",
        weeks=weeks,
        lines=lines[(sheet - 1) * _SHEET : sheet * _SHEET],
        sheet=sheet,
        sheets=sheets,
    )


def _month(asked: Asked, meetings: Sequence[MeetingView], today: date) -> date:
    """The month asked for, else the first that isn't over, as in the list."""
    months = sorted({_day(each).replace(day=1) for each in meetings})
    chosen = [month for month in months if f"{month:%Y-%m}" == asked.maand]
    ahead = [month for month in months if month >= today.replace(day=1)]
    return next(iter([*chosen, *ahead, *reversed(months)]), today.replace(day=1))


def _days(
    asked: Asked,
    meetings: Iterable[MeetingView],
    first: date,
    end: date,
    month: date | None = None,
) -> Iterable[Day]:
    on: dict[date, list[MeetingView]] = defaultdict(list)
    for each in meetings:
        on[_day(each)].append(each)
    for number in range((end - first).days):
        day = first + timedelta(days=number)
        inside = month is None or day.month == month.month
        yield Day(day, inside, tuple(on[day]), asked.of_day(day))


def _lines(meetings: Iterable[MeetingView], weeks: Sequence[date]) -> Iterable[Line]:
    labels: dict[str, str] = {}
    duties: dict[tuple[str, date], list[MeetingView]] = defaultdict(list)
    for each in meetings:
        for person in (*each.attendees, *([each.deputy] if each.deputy else [])):
            labels[person.representative_id] = person.label
        for name in people_at(each):
            duties[name, _monday(_day(each))].append(each)
    for name in sorted(labels, key=lambda name: (len(labels[name]), labels[name])):
        yield Line(name, labels[name], tuple(tuple(duties[name, week]) for week in weeks))


def _day(meeting: MeetingView) -> date:
    return local_day(meeting.starts_at)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
