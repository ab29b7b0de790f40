"""The plan as a list by week. Its filters live in the address, so a view can be sent on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from scheduler.db import people
from scheduler.db.views import MeetingView, Named
from scheduler.domain.terms import Level
from scheduler.domain.times import local_day
from scheduler.flows.adjusting import Standing
from scheduler.web.context import SignedIn, Visit
from scheduler.web.pages.overviews import seen_as
from scheduler.web.plans.filters import Asked
from scheduler.web.plans.roster import draft_bar, shelf_of, standing_of
from scheduler.web.rendering import language_of, page
from scheduler.web.words.terms import Words

router = APIRouter()

_SHEET = 100
"""How many meetings stand on one sheet of a long month."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month of what was found."""

    first_day: date
    number: int
    address: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: its months, and of the shown month one sheet by week.

    A month that is longer than a sheet has several, from 1.
    """

    months: tuple[Month, ...]
    weeks: tuple[tuple[MeetingView, ...], ...]
    total: int
    gaps: int
    sheet: int
    sheets: int

    def span(self, words: Words) -> str:
        """The first and last month in words, with one year where they share it."""
        first, last = self.months[0].first_day, self.months[-1].first_day
        begin = words.month(first, year=first.year != last.year or first == last)
        return words.between(begin, words.month(last, year=True))


@router.get("/rooster")
def plan(visit: SignedIn, asked: Annotated[Asked, Query()]) -> Response:
    """The plan, filtered; one month at a time, from this month on unless a month is asked for.

    Coordinators see the draft, where there is one, and what is new in it.
    """
    if visit.who.sees_all:
        standing = standing_of(visit)
        return page(visit, "roster.html", tab="rooster", **listed(visit, standing, asked))
    meetings = shelf_of(visit).seen(visit.session, visit.who, asked.wanted())
    return page(
        visit,
        "plan.html",
        tab="rooster",
        plan=found_in(meetings, asked, visit.today),
        wanted=asked.wanted(),
        asked=asked,
        filtered=asked.filtered,
        choices=_choices(visit),
    )


def listed(
    visit: Visit, standing: Standing | None, asked: Asked, chosen: str = ""
) -> dict[str, Any]:
    """What a coordinator's plan shows around the meeting that is opened beside it, if any."""
    wanted = asked.wanted()
    meetings = standing.fitting(wanted) if standing else ()
    fresh = standing.new if standing else {}
    shown = [each for each in meetings if each.id in fresh] if asked.nieuw else meetings
    return {
        "plan": found_in(shown, asked, visit.today, chosen),
        "wanted": wanted,
        "asked": asked,
        "filtered": asked.filtered,
        "choices": _choices(visit),
        "draft": draft_bar(visit, standing),
        "fresh": fresh,
        "noes": standing.open_noes if standing else frozenset(),
        "at_meeting": asked.at_meeting,
        "seen": seen_as(visit, shown, asked),
    }


def _month(meeting: MeetingView) -> date:
    return local_day(meeting.starts_at).replace(day=1)


def _monday(meeting: MeetingView) -> tuple[int, int]:
    year, week, _ = local_day(meeting.starts_at).isocalendar()
    return year, week


def found_in(meetings: Sequence[MeetingView], asked: Asked, today: date, chosen: str = "") -> Found:
    """What was found, laid out by month and week; on the sheet where the chosen meeting stands."""
    months = {key: tuple(group) for key, group in groupby(meetings, _month)}
    shown = _shown(tuple(months), asked.maand, today)
    whole = months.get(shown, ())
    sheets = max(1, -(-len(whole) // _SHEET))
    sheet = min(sheets, asked.blad or _sheet_of(whole, chosen))
    on_sheet = whole[(sheet - 1) * _SHEET : sheet * _SHEET]
    return Found(
        months=tuple(
            Month(first_day, len(group), asked.of_month(first_day), first_day == shown)
            for first_day, group in months.items()
        ),
        weeks=tuple(tuple(week) for _, week in groupby(on_sheet, _monday)),
        total=len(meetings),
        gaps=sum(meeting.has_gap for meeting in meetings),
        sheet=sheet,
        sheets=sheets,
    )


def _sheet_of(meetings: Sequence[MeetingView], chosen: str) -> int:
    place = next((n for n, meeting in enumerate(meetings) if meeting.id == chosen), 0)
    return 1 + place // _SHEET


def _shown(months: Sequence[date], asked: str, today: date) -> date:
    """The month asked for, else the first that isn't over, else the last there is."""
    chosen = [month for month in months if f"{month:%Y-%m}" == asked]
    ahead = [month for month in months if month >= today.replace(day=1)]
    return next(iter([*chosen, *ahead, *reversed(months)]), today)


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in each filter, by name."""

    municipalities: tuple[Named, ...]
    regions: tuple[Named, ...]
    organisations: tuple[Named, ...]
    representatives: tuple[Named, ...]
    tables: tuple[Named, ...]
    levels: tuple[Named, ...]


def _choices(visit: Visit) -> Choices:
    session = visit.session
    words = Words(language_of(visit.request), visit.today)
    return Choices(
        municipalities=people.municipalities(session),
        regions=people.regions(session),
        organisations=people.organisations(session),
        representatives=people.who_is_where(session, visit.who),
        tables=people.tables(session, visit.who if visit.who.asks else None),
        levels=tuple(Named(level.value, words.term(level)) for level in Level),
    )
