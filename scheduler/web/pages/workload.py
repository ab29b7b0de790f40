"""Who does how many hours, against what each can carry; on the page and to take along."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from scheduler.db import people, published
from scheduler.domain.errors import BadInput, Sentence
from scheduler.flows.load.workload import Bearer, Line, Workload
from scheduler.web.context import Coordinating, Visit
from scheduler.web.languages import mark
from scheduler.web.plans.workloads import workload_of
from scheduler.web.rendering import language_of, page
from scheduler.web.sheets import CSV_TYPE, XLSX_TYPE, Cell, csv_file, xlsx_file
from scheduler.web.words.terms import Words

router = APIRouter()

_UNREADABLE = Sentence("Deze keuze bestaat niet.", "This choice doesn't exist.")
_WHOLE = "alles"
_HOUR = 60
_SHEET = 60
"""How many lines stand on one page; the files have them all."""
_HEADS = (
    mark("Aantal overleggen"),
    mark("Overleg (uren)"),
    mark("Voorbereiding (uren)"),
    mark("Reizen (uren)"),
    mark("Terugkoppeling (uren)"),
    mark("Samen (uren)"),
    mark("Draagkracht (uren)"),
    mark("Deel (procent)"),
)


class Asked(BaseModel, frozen=True):
    """What is chosen, as it stands in the address."""

    wie: str = Bearer.ORGANISATION
    maand: str = ""
    regio: str = ""
    blad: Annotated[int, Field(ge=1, lt=2**31)] = 1

    @property
    def bearer(self) -> Bearer:
        """Whose hours; BadInput for a word that is no bearer."""
        if self.wie not in list(Bearer):
            raise BadInput(_UNREADABLE)
        return Bearer(self.wie)

    def query(self, **changed: str) -> str:
        """The choice as it stands behind the question mark, changed here and there."""
        chosen = {**self.model_dump(exclude={"blad"}), **changed}
        return urlencode({name: value for name, value in chosen.items() if value})


@router.get("/werklast")
def look(visit: Coordinating, asked: Annotated[Asked, Query()]) -> Response:
    """The page, with the period that is asked for: this month, where it is planned."""
    months, shown = _months(visit, asked.maand)
    days = _days(months, shown)
    return page(
        visit,
        "workload.html",
        tab="werklast",
        asked=asked,
        bearer=asked.bearer,
        bearers=list(Bearer),
        months=months,
        shown=shown,
        days=days,
        regions=people.regions(visit.session),
        work=_work(visit, asked, days),
        size=_SHEET,
    )


@router.get("/werklast.csv")
def as_csv(visit: Coordinating, asked: Annotated[Asked, Query()]) -> Response:
    """The table as CSV; hours with a point."""
    rows = list(_table(visit, asked))
    return _file(csv_file(rows), CSV_TYPE, "werklast.csv")


@router.get("/werklast.xlsx")
def as_workbook(visit: Coordinating, asked: Annotated[Asked, Query()]) -> Response:
    """The table as a workbook."""
    rows = list(_table(visit, asked))
    return _file(xlsx_file("Werklast", rows), XLSX_TYPE, "werklast.xlsx")


def _file(content: bytes, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=kind, headers=headers)


def _months(visit: Visit, asked: str) -> tuple[list[date], date | None]:
    """The months of what is published, and the one that is shown; None shows all of them."""
    publication = published.latest_publication(visit.session)
    if publication is None:
        return [visit.today.replace(day=1)], None
    months = [publication.first_day.replace(day=1)]
    while (following := _next(months[-1])) <= publication.last_day:
        months.append(following)
    wanted = asked or f"{visit.today:%Y-%m}"
    shown = next((month for month in months if f"{month:%Y-%m}" == wanted), None)
    if shown is None and asked not in {"", _WHOLE}:
        raise BadInput(_UNREADABLE)
    return months, shown


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _days(months: list[date], shown: date | None) -> tuple[date, date]:
    first, last = (shown, shown) if shown else (months[0], months[-1])
    return first, _next(last) - timedelta(days=1)


def _work(visit: Visit, asked: Asked, days: tuple[date, date]) -> Workload:
    return workload_of(visit, asked.bearer, days, asked.regio or None)


def _table(visit: Visit, asked: Asked) -> Iterator[list[Cell]]:
    months, shown = _months(visit, asked.maand)
    work = _work(visit, asked, _days(months, shown))
    words = Words(language_of(visit.request), visit.today)
    yield [words.term(asked.bearer), *(words.said(head) for head in _HEADS)]
    for line in work.lines:
        yield [line.name, line.meetings, *_hours(line)]


def _hours(line: Line) -> Iterator[Cell]:
    load = line.load
    for minutes in (load.meeting, load.preparation, load.travel, load.report, load.total):
        yield round(minutes / _HOUR, 2)
    yield round(line.capacity / _HOUR, 2) if line.capacity else ""
    yield line.percent if line.capacity else ""
