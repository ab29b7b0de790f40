"""Who speaks for whom on a day: organisation by municipality, and the province."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from scheduler.db.mandates import MandateView
from scheduler.db.views import Named
from scheduler.domain.terms import Participation
from scheduler.flows.mandates.ground import Column, Ground


class Speaking(StrEnum):
    """What one cell says; `NONE`: no tenants there."""

    NONE = "none"
    SELF = "self"
    VIA = "via"
    ENDING = "ending"
    NOBODY = "nobody"
    OUT = "out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """Who speaks by which mandate; `topics` None: about everything, `until` where it ends soon."""

    mandate_id: str
    holder: Named
    topics: tuple[str, ...] | None
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One organisation at one body's tables. `also_self`: on other topics it speaks itself."""

    column: Column
    speaking: Speaking
    carriers: tuple[Carrier, ...] = ()
    also_self: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One organisation, with a cell for each column."""

    organisation: Named
    cells: tuple[Cell, ...]


def matrix(ground: Ground, day: date, *, notice_days: int) -> tuple[MatrixRow, ...]:
    """Who speaks for each organisation at each body's tables on a local day."""
    return tuple(
        MatrixRow(
            organisation=each,
            cells=tuple(
                cell(ground, each, column, day, notice_days=notice_days)
                for column in ground.columns
            ),
        )
        for each in ground.organisations
    )


def cell(
    ground: Ground, organisation: Named, column: Column, day: date, *, notice_days: int = 0
) -> Cell:
    """One cell of it."""
    if not ground.is_concerned(organisation.id, column):
        return Cell(column=column, speaking=Speaking.NONE)
    chosen = _chosen(ground, organisation.id, column, day)
    if chosen is Participation.OUT:
        return Cell(column=column, speaking=Speaking.OUT)
    alone = chosen is Participation.SELF
    giving = () if alone else tuple(giving_there(ground, organisation.id, column, day))
    goes = ground.can_go(organisation.id, day) and chosen is not Participation.REPRESENTED
    carriers = tuple(_carrier(each, day, notice_days) for each in giving)
    whole = any(each.topics is None for each in carriers)
    return Cell(
        column=column,
        speaking=_speaking(carriers, goes=goes),
        carriers=carriers,
        also_self=bool(carriers) and goes and not whole,
    )


def _speaking(carriers: tuple[Carrier, ...], *, goes: bool) -> Speaking:
    if not carriers:
        return Speaking.SELF if goes else Speaking.NOBODY
    return Speaking.ENDING if any(each.until for each in carriers) else Speaking.VIA


def giving_there(
    ground: Ground, organisation: str, column: Column, day: date
) -> Iterator[MandateView]:
    """The mandates that an organisation gives for a body's tables on a day, whatever the topic."""
    yield from (
        each
        for each in ground.agreed
        if each.giver.id == organisation
        and each.term.holds_on(day)
        and each.scope.reaches(column.level, column.municipality)
    )


def _chosen(ground: Ground, organisation: str, column: Column, day: date) -> Participation | None:
    """What it chose of the level; or of each of that body's tables, where it says the same."""
    tables = {each.table for each in ground.meetings.get(column, ()) if each.table}
    said = {
        ground.choices.of(organisation, day, level=column.level, table=table) for table in tables
    }
    if len(said) == 1:
        return said.pop()
    return ground.choices.of(organisation, day, level=column.level)


def _carrier(view: MandateView, day: date, notice_days: int) -> Carrier:
    last = view.term.last_in_force
    return Carrier(
        mandate_id=view.id,
        holder=view.holder,
        topics=view.topics,
        until=last if last < day + timedelta(days=notice_days) else None,
    )
