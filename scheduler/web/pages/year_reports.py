"""The year report, to be chosen and downloaded: a board's own, or any for who sees all."""

from fastapi import APIRouter, Response

from scheduler.db import people
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import Role
from scheduler.flows.report_back.due import Terms
from scheduler.flows.year_report import Kind, year_file, years_told
from scheduler.web.context import SignedIn, Visit
from scheduler.web.rendering import page

router = APIRouter()

_FIRST, _LAST = 1900, 9999


@router.get("/jaarverslag")
def choose(visit: SignedIn, jaar: str = "") -> Response:
    """Which years there are, and of whom."""
    _must_have_one(visit)
    years = years_told(visit.session, visit.who)
    asked = int(jaar) if jaar.isdecimal() and int(jaar) in years else None
    this_year = visit.today.year
    shown = (
        asked
        or next((each for each in years if each <= this_year), None)
        or max(years, default=None)
    )
    return page(
        visit,
        "year_reports.html",
        tab="terugkoppelingen",
        years=years,
        year=shown,
        kinds=list(Kind),
        organisations=people.organisations(visit.session) if visit.who.sees_all else (),
    )


@router.get("/jaarverslag/{year}/{whose}.{kind}")
def download(visit: SignedIn, year: int, whose: str, kind: str) -> Response:
    """One report as a file; `whose` is an organisation's identifier, or `provincie`."""
    if kind not in set(Kind) or not _FIRST <= year <= _LAST:
        raise NotFound
    made = year_file(
        visit.session,
        visit.who,
        year,
        None if whose == "provincie" else whose,
        Kind(kind),
        policy=visit.context.policy,
        terms=Terms.of(visit.context.settings),
        at=visit.at,
    )
    return Response(
        made.content,
        media_type=Kind(kind).media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{made.name}"',
            "Cache-Control": "no-store",
        },
    )


def _must_have_one(visit: Visit) -> None:
    if visit.who.role is not Role.BOARD and not visit.who.sees_all:
        raise NotFound
