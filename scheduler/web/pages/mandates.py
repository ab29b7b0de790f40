"""Who speaks for whom: the whole province as a table, what asks for attention, and the register."""

from collections.abc import Iterable
from datetime import date, timedelta

from fastapi import APIRouter, Response

from scheduler.db import mandates, people
from scheduler.db.mandates import MandateView
from scheduler.db.participation import ChoiceView, choices
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import MandateStanding, Participation, Role
from scheduler.flows.mandates.checks import Clash, Hole, clashes, holes
from scheduler.flows.mandates.ground import Column, Ground, read_ground
from scheduler.flows.mandates.matrix import MatrixRow, Speaking, matrix
from scheduler.web.context import SignedIn, Visit
from scheduler.web.mandate_desk import words_of
from scheduler.web.rendering import page

router = APIRouter()

_OVER = {MandateStanding.ENDED, MandateStanding.WITHDRAWN, MandateStanding.REFUSED}
_MOST, _MOST_LISTED = 12, 8
_FIRST, _LAST = date(2000, 1, 1), date(2100, 1, 1)


@router.get("/mandaten")
def overview(visit: SignedIn, dag: str = "", alle: str = "") -> Response:
    """Who speaks for whom on a day; everybody sees what concerns them."""
    day = _day(visit, dag)
    ground = read_ground(visit.session, today=day)
    views = mandates.mandates(visit.session, visit.who)
    notice_days = visit.context.settings.mandates.notice_days
    columns = _own_columns(visit, ground)
    rows = _own_rows(visit, matrix(ground, day, notice_days=notice_days), views)
    rows = tuple(each for each in rows if _is_concerned(each, columns))
    shown = {each.organisation.id for each in rows}
    found = [each for each in holes(ground, first_day=day) if _concerns(each, shown, columns)]
    return page(
        visit,
        "mandates.html",
        tab="mandaten",
        day=day,
        said=words_of(visit),
        rows=rows,
        columns=columns,
        Speaking=Speaking,
        holding=[each for each in views if each.term.holds_on(day)],
        register=views if alle else _listed(views, visit.today),
        everything=bool(alle),
        all_of_it=len(views),
        holes=found,
        empty=_empty(rows, columns),
        clashes=_own_clashes(views, day),
        ending=_ending(views, day, notice_days),
        waiting=[each for each in views if each.standing(day) is MandateStanding.PROPOSED],
        left_alone=_left_alone(visit, day, shown),
        most=_MOST,
        notice_days=notice_days,
        own=people.organisation_of(visit.session, visit.who),
    )


def _listed(views: Iterable[MandateView], today: date) -> list[MandateView]:
    """The first of those that hold, or still may."""
    return [each for each in views if each.standing(today) not in _OVER][:_MOST_LISTED]


def _day(visit: Visit, typed: str) -> date:
    """The day in the address; today where none is there.

    Raises:
        NotFound: it isn't a day that we know anything of.
    """
    try:
        day = date.fromisoformat(typed) if typed else visit.today
    except ValueError as error:
        raise NotFound("dag", typed) from error
    if not _FIRST <= day <= _LAST:
        raise NotFound("dag", typed)
    return day


def _own_columns(visit: Visit, ground: Ground) -> tuple[Column, ...]:
    """All of them, or a body's own; a corporation has none, as it isn't a place."""
    match visit.who.role:
        case Role.MUNICIPALITY:
            return tuple(each for each in ground.columns if each.municipality == visit.who.subject)
        case Role.PROVINCE:
            return tuple(each for each in ground.columns if each.municipality is None)
        case Role.CORPORATION:
            return ()
        case _:
            return ground.columns


def _own_rows(
    visit: Visit, rows: Iterable[MatrixRow], views: Iterable[MandateView]
) -> tuple[MatrixRow, ...]:
    """All, but for a board and its representatives: their own, and those it speaks for."""
    own = people.organisation_of(visit.session, visit.who)
    if own is None:
        return tuple(rows)
    theirs = {own, *(each.giver.id for each in views)}
    return tuple(each for each in rows if each.organisation.id in theirs)


def _is_concerned(row: MatrixRow, columns: Iterable[Column]) -> bool:
    """Whether an organisation has anything to say in these columns."""
    wanted = set(columns)
    return any(each.column in wanted and each.speaking is not Speaking.NONE for each in row.cells)


def _concerns(hole: Hole, organisations: set[str], columns: Iterable[Column]) -> bool:
    return hole.organisation.id in organisations and hole.column in columns


def _empty(rows: Iterable[MatrixRow], columns: Iterable[Column]) -> int:
    """In how many places nobody speaks."""
    wanted = set(columns)
    return sum(
        each.speaking is Speaking.NOBODY and each.column in wanted
        for row in rows
        for each in row.cells
    )


def _own_clashes(views: Iterable[MandateView], day: date) -> tuple[Clash, ...]:
    return clashes([each for each in views if each.term.ever_counts], first_day=day)


def _ending(views: Iterable[MandateView], day: date, notice_days: int) -> list[MandateView]:
    until = day + timedelta(days=notice_days)
    renewed = {each.renews_id for each in views}
    return [
        each
        for each in views
        if each.term.holds_on(day) and each.term.last_in_force < until and each.id not in renewed
    ]


def _left_alone(visit: Visit, day: date, organisations: set[str]) -> list[ChoiceView]:
    """What was chosen about not taking part, or about who does."""
    return [
        each
        for each in choices(visit.session, visit.who)
        if each.holds_on(day)
        and each.organisation.id in organisations
        and (each.choice is Participation.OUT or not visit.who.asks)
    ]
