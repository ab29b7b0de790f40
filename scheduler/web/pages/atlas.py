"""The map: municipalities with their figures, each area a link to its row in the table."""

from collections.abc import Callable, Mapping

from fastapi import APIRouter, Response

from scheduler.domain.errors import NotFound
from scheduler.flows.load.province_map import Town, province_map
from scheduler.provinces.outline import read_outline
from scheduler.web.coming import coming
from scheduler.web.context import Coordinating
from scheduler.web.plans.roster import shelf_of
from scheduler.web.rendering import page

router = APIRouter()

_FIGURES: Mapping[str, Callable[[Town], int]] = {
    "gaten": lambda town: town.meetings,
    "uren": lambda town: round(town.load.total / 60),
    "reistijd": lambda town: round(town.load.travel / 60),
    "wie": lambda town: len(town.seated),
}
_STEPS = 4


@router.get("/kaart")
def look(visit: Coordinating, laag: str = "gaten") -> Response:
    """What is still to come, in one of four layers."""
    if laag not in _FIGURES:
        raise NotFound("kaart", laag)
    meetings = coming(visit)
    attended = shelf_of(visit).attended(visit.session, visit.who)
    towns = province_map(visit.session, visit.who, meetings, attended)
    figures = {town.municipality.id: _FIGURES[laag](town) for town in towns}
    steps = _steps(list(figures.values()))
    return page(
        visit,
        "map.html",
        tab="kaart",
        layer=laag,
        layers=list(_FIGURES),
        meetings=meetings,
        towns=towns,
        figures=figures,
        steps=steps,
        tints={code: _tint(figure, steps) for code, figure in figures.items()},
        outline=read_outline(visit.context.settings.province.folder),
    )


def _steps(figures: list[int]) -> list[tuple[int, int]]:
    """At most four spans of figures (both inclusive), each with as many municipalities."""
    distinct = sorted(set(figures))
    size = max(1, -(-len(distinct) // _STEPS))
    groups = [distinct[start : start + size] for start in range(0, len(distinct), size)]
    return [(group[0], group[-1]) for group in groups]


def _tint(figure: int, steps: list[tuple[int, int]]) -> int:
    """The number of the span that a figure lies in, from 1."""
    return next(n for n, (_, last) in enumerate(steps, start=1) if figure <= last)
