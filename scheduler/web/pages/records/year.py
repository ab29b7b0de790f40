"""Setting a year ready out of the year before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
from scheduler.web.sizes import PageNumber

router = APIRouter()

_MOST_FIELDS = 2_000
_DAY, _START, _CHOSEN = "dag-", "van-", "kies"
_ALL = "alles"
_SHEET = 80
"""About how many meetings stand on one sheet; a table is never split."""
_MOST_READY = 100

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
def look(visit: Coordinating, year: Year, nieuw: int = 0, blad: PageNumber = 1) -> Response:
    """The list, to correct, sheet by sheet."""
    return _page(visit, year, _Sent(), made=nieuw, sheet=blad)


@router.post("/gegevens/jaar/{year}")
def make(visit: Coordinating, year: Year, sent: YearForm) -> Response:
    """Set what is chosen on this sheet ready, or that and all other sheets as proposed."""
    typed = _Sent.of(sent)
    chosen = typed.chosen
    if _one(sent, "daad") == _ALL:
        proposal = propose_year(visit.session, visit.who, year, visit.context.policy)
        chosen += tuple(_as_proposed(each) for each in proposal.open if not typed.shows(each))
    try:
        made = set_ready(visit.session, visit.who, year, chosen, visit.context.policy, at=visit.at)
    except BadInput as error:
        return _page(visit, year, typed, error=error, sheet=typed.sheet)
    return RedirectResponse(f"/gegevens/jaar/{year}?nieuw={made or -1}", status_code=303)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """The form as it was sent: what was ticked, and every line that stood on the sheet."""

    chosen: tuple[Chosen, ...] = ()
    lines: frozenset[str] = frozenset()
    sheet: int = 1

    @classmethod
    def of(cls, sent: Mapping[str, tuple[str, ...]]) -> "_Sent":
        """Read the form's texts."""
        sheet = _one(sent, "blad")
        return cls(
            chosen=tuple(
                Chosen(each, _one(sent, _DAY + each), _one(sent, _START + each))
                for each in sent.get(_CHOSEN, ())
            ),
            lines=frozenset(name.removeprefix(_DAY) for name in sent if name.startswith(_DAY)),
            sheet=int(sheet) if sheet.isdecimal() else 1,
        )

    def shows(self, proposal: Proposal) -> bool:
        """Whether a meeting stood on the sheet, ticked or not."""
        return proposal.meeting_id in self.lines

    def line(self, proposal: Proposal) -> tuple[bool, str, str]:
        """A line's tick, day and start: as they were sent, or as they are proposed."""
        usual = _as_proposed(proposal)
        sent = next((each for each in self.chosen if each.meeting_id == usual.meeting_id), None)
        if sent is not None:
            return True, sent.day, sent.start
        return not self.shows(proposal), usual.day, usual.start


def _one(sent: Mapping[str, tuple[str, ...]], name: str) -> str:
    return next(iter(sent.get(name, ())), "")


def _as_proposed(proposal: Proposal) -> Chosen:
    starts = local(proposal.starts_at)
    return Chosen(proposal.meeting_id, starts.date().isoformat(), f"{starts:%H:%M}")


def _page(
    visit: Coordinating,
    year: int,
    sent: _Sent,
    *,
    sheet: int,
    error: BadInput | None = None,
    made: int = 0,
) -> Response:
    language = language_of(visit.request)
    proposal = propose_year(visit.session, visit.who, year, visit.context.policy)
    sheets = list(_sheets(proposal))
    shown = sheets[min(sheet, len(sheets)) - 1] if sheets else []
    faults = error.faults if isinstance(error, BadYear) else {}
    said = () if faults or error is None else error.sentences
    return page(
        visit,
        "records/year.html",
        tab="gegevens",
        status=400 if error else 200,
        proposal=proposal,
        tables=shown,
        sheet=min(sheet, max(len(sheets), 1)),
        sheets=len(sheets),
        ready=[each for each in proposal.proposals if each.ready_id][:_MOST_READY],
        ready_count=len(proposal.proposals) - len(proposal.open),
        typed={each.meeting_id: sent.line(each) for _, those in shown for each in those},
        faults={key: getattr(each, language.value) for key, each in faults.items()},
        said=[getattr(each, language.value) for each in said],
        obstacles=OBSTACLES,
        made=made,
    )


_Tables = list[tuple[str, tuple[Proposal, ...]]]


def _sheets(proposal: YearProposal) -> Iterator[_Tables]:
    """The open meetings, so many whole tables to a sheet that it stays quick to read and send."""
    sheet: _Tables = []
    for name, those in proposal.tables:
        open_ones = tuple(each for each in those if each.ready_id is None)
        if sheet and sum(len(each) for _, each in sheet) + len(open_ones) > _SHEET:
            yield sheet
            sheet = []
        if open_ones:
            sheet.append((name, open_ones))
    if sheet:
        yield sheet
