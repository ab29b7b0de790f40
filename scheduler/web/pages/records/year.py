"""Setting a year ready out of the year before."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import RedirectResponse

from scheduler.domain.errors import BadInput
from scheduler.domain.times import local
from scheduler.flows.yearly_cycle import (
    BadYear,
    Chosen,
    Obstacle,
    Proposal,
    YearProposal,
    propose_year,
    set_ready,
)
from scheduler.web.context import Coordinating
from scheduler.web.languages import mark
from scheduler.web.rendering import language_of, page

router = APIRouter()

_MOST_FIELDS = 10_000
_DAY, _START, _CHOSEN = "dag-", "van-", "kies"

Year = Annotated[int, Path(ge=2000, le=2200)]

OBSTACLES = {
    Obstacle.CLOSED: mark("gesloten dag"),
    Obstacle.SCHOOL_HOLIDAY: mark("schoolvakantie"),
    Obstacle.SAME_TABLE: mark("deze tafel komt dan al bijeen"),
}


async def _sent(request: Request) -> Mapping[str, tuple[str, ...]]:
    """The form: a large one, as a year has hundreds of lines."""
    async with request.form(max_files=0, max_fields=_MOST_FIELDS) as form:
        texts: dict[str, tuple[str, ...]] = {}
        for key, value in form.multi_items():
            texts[key] = (*texts.get(key, ()), str(value))
    return texts


YearForm = Annotated[Mapping[str, tuple[str, ...]], Depends(_sent)]


@router.get("/gegevens/jaar/{year}")
def look(visit: Coordinating, year: Year, nieuw: int = 0) -> Response:
    """The list, to correct."""
    return _page(visit, year, made=nieuw)


@router.post("/gegevens/jaar/{year}")
def make(visit: Coordinating, year: Year, sent: YearForm) -> Response:
    """Set what is chosen ready."""
    chosen = [
        Chosen(each, _one(sent, _DAY + each), _one(sent, _START + each))
        for each in sent.get(_CHOSEN, ())
    ]
    try:
        made = set_ready(visit.session, visit.who, year, chosen, visit.context.policy, at=visit.at)
    except BadInput as error:
        return _page(visit, year, chosen=chosen, error=error)
    return RedirectResponse(f"/gegevens/jaar/{year}?nieuw={made or -1}", status_code=303)


def _one(sent: Mapping[str, tuple[str, ...]], name: str) -> str:
    return next(iter(sent.get(name, ())), "")


def _page(
    visit: Coordinating,
    year: int,
    *,
    chosen: list[Chosen] | None = None,
    error: BadInput | None = None,
    made: int = 0,
) -> Response:
    language = language_of(visit.request)
    proposal = propose_year(visit.session, visit.who, year, visit.context.policy)
    faults = error.faults if isinstance(error, BadYear) else {}
    said = () if faults or error is None else error.sentences
    return page(
        visit,
        "records/year.html",
        tab="gegevens",
        status=400 if error else 200,
        proposal=proposal,
        typed=_typed(proposal, chosen),
        faults={key: getattr(each, language.value) for key, each in faults.items()},
        said=[getattr(each, language.value) for each in said],
        obstacles=OBSTACLES,
        made=made,
    )


def _typed(proposal: YearProposal, chosen: list[Chosen] | None) -> dict[str, tuple[bool, str, str]]:
    """Each line's tick, day and start: as they were sent, or as they are proposed."""
    sent = {each.meeting_id: each for each in chosen or ()}
    return {
        each.meeting_id: _line(each, sent.get(each.meeting_id), first=chosen is None)
        for each in proposal.open
    }


def _line(proposal: Proposal, sent: Chosen | None, *, first: bool) -> tuple[bool, str, str]:
    if sent is not None:
        return True, sent.day, sent.start
    starts = local(proposal.starts_at)
    return first, starts.date().isoformat(), f"{starts:%H:%M}"
