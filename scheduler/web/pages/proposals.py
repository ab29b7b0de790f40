"""Up to three proposals beside the present plan: made while somebody looks, compared, and taken."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Response
from fastapi.responses import RedirectResponse

from scheduler.db import drafts, people, plans, published
from scheduler.db.plans import PlanView
from scheduler.domain.errors import NotFound, Sentence
from scheduler.domain.terms import PlanState
from scheduler.flows.planning.adjust_draft import WouldBreak
from scheduler.flows.planning.compare_plan import Comparison
from scheduler.flows.planning.discard_draft import discard_draft
from scheduler.flows.planning.plan_progress import ask_stop
from scheduler.flows.planning.take_proposal import take_proposal
from scheduler.flows.planning.try_again import try_again
from scheduler.provinces.outline import read_outline
from scheduler.web.context import Coordinating, Visit
from scheduler.web.plans.comparisons import comparison_of, titles_of
from scheduler.web.progress import add_progress
from scheduler.web.rendering import fragment, page
from scheduler.web.sizes import Number, OptionalNumber
from scheduler.web.words import reasons

router = APIRouter()

_NONE = Sentence(
    "Vink ten minste één wijziging aan, of laat het rooster zoals het is.",
    "Tick at least one change, or leave the plan as it is.",
)


@router.get("/herverdelen/{lead_id}")
def look(
    visit: Coordinating,
    lead_id: Number,
    voorstel: Annotated[OptionalNumber, Query()] = None,
    melding: str = "",
) -> Response:
    """The proposals that were asked for in one go, whatever their state."""
    group = plans.beside(visit.session, visit.who, lead_id)
    elsewhere = _elsewhere(group, lead_id)
    return elsewhere or _page(visit, group, chosen=voorstel, notice=melding)


def _elsewhere(group: Sequence[PlanView], lead_id: int) -> Response | None:
    """A plan that was never a proposal has a page of its own; what was put away has none."""
    if not group:
        raise NotFound("concept", str(lead_id))
    if all(each.published_as or not (each.mode or each.is_working) for each in group):
        done = group[0].state in {PlanState.DRAFT, PlanState.PUBLISHED}
        if done:
            return RedirectResponse(f"/rooster/concept/{group[0].id}", status_code=303)
    return None


def _page(
    visit: Visit,
    group: Sequence[PlanView],
    *,
    chosen: int | None = None,
    notice: str = "",
    broken: Sequence[Sentence] = (),
) -> Response:
    return page(
        visit,
        "proposals.html",
        status=409 if broken else 200,
        tab="herverdelen",
        lead=group[0],
        group=group,
        titles=titles_of(visit, group),
        working=[each for each in group if each.is_working],
        failed=[each for each in group if each.state is PlanState.FAILED],
        notice=notice,
        broken=broken,
        publication=published.newest(visit.session),
        aside=_put_aside(visit, group),
        outline=read_outline(visit.context.settings.province.folder),
        names=names_in(visit, group[0]),
        reasons=reasons,
        **_compared(visit, group, chosen),
    )


def _compared(visit: Visit, group: Sequence[PlanView], chosen: int | None) -> dict[str, Any]:
    """The comparison of what is ready, and the one proposal whose changes are listed."""
    ready = [each.id for each in group if each.is_ready]
    found = comparison_of(visit, ready) if ready else None
    shown = [each for each in found.proposals if each.same_as is None] if found else []
    of_choice = [each for each in shown if each.plan.id == chosen]
    return {
        "comparison": found,
        "shown": shown,
        "sheets": _sheets(found),
        "chosen": next(iter([*of_choice, *shown]), None),
    }


def _sheets(found: Comparison | None) -> list[int]:
    """Where the loads of each plan that is shown stand: the present one, and what differs."""
    proposals = found.proposals if found else ()
    return [0, *(at + 1 for at, each in enumerate(proposals) if each.same_as is None)]


def _put_aside(visit: Visit, group: Sequence[PlanView]) -> int | None:
    """The draft that is being worked on, and would be put aside for one of these."""
    working = drafts.working_draft(visit.session).plan_id
    return None if working in {each.id for each in group} else working


def names_in(visit: Visit, plan: PlanView) -> Mapping[str, list[str]]:
    """What a plan's scope names, and what was left out of it, by name."""
    session = visit.session
    tables = {each.id: each.name for each in people.tables(session)}
    organisations = {each.id: each.name for each in people.organisations(session)}
    everybody = people.representatives(session, visit.who) if plan.absent else ()
    absent = {each.id: each.label for each in everybody}
    return {
        "tables": _known(tables, plan.tables),
        "organisations": _known(organisations, plan.organisations),
        "absent": _known(absent, plan.absent),
    }


def _known(names: Mapping[str, str], wanted: Sequence[str] | None) -> list[str]:
    return [names[each] for each in wanted or () if each in names]


def _look(visit: Visit, lead_id: int) -> str | None:
    with visit.context.database.session() as session:
        group = plans.beside(session, visit.who, lead_id)
    if not any(each.is_working for each in group):
        return None
    return fragment(
        visit,
        "progress.html",
        group=group,
        titles=titles_of(visit, group),
        at=visit.context.clock(),
    )


add_progress(router, "/herverdelen/{number}", _look)


@router.post("/herverdelen/{lead_id}/stop")
def stop(visit: Coordinating, lead_id: Number) -> Response:
    """Be content with the best so far."""
    ask_stop(visit.session, visit.who, lead_id, at=visit.at)
    return RedirectResponse(f"/herverdelen/{lead_id}", status_code=303)


@router.post("/herverdelen/{lead_id}/weg")
def discard(visit: Coordinating, lead_id: Number) -> Response:
    """Put them away."""
    discard_draft(visit.session, visit.who, lead_id, at=visit.at)
    return RedirectResponse("/herverdelen?melding=weg", status_code=303)


@router.post("/herverdelen/{plan_id}/opnieuw")
def again(visit: Coordinating, plan_id: Number) -> Response:
    """Try once more what failed."""
    try_again(visit.session, visit.who, plan_id, at=visit.at)
    lead = plans.plan(visit.session, visit.who, plan_id).lead or plan_id
    return RedirectResponse(f"/herverdelen/{lead}", status_code=303)


@router.post("/rooster/concept/{plan_id}/overnemen")
def take(
    visit: Coordinating,
    plan_id: Number,
    alle: Annotated[list[str], Form(default_factory=list)],
    mee: Annotated[list[str], Form(default_factory=list)],
) -> Response:
    """Take it as the draft that is worked on, without what isn't ticked."""
    policy, without = visit.context.policy, set(alle) - set(mee)
    try:
        if alle and not mee:
            return _refused(visit, plan_id, [_NONE])
        take_proposal(visit.session, visit.who, plan_id, policy, without=without, at=visit.at)
    except WouldBreak as refusal:
        return _refused(visit, plan_id, refusal.sentences)
    return RedirectResponse(f"/rooster/concept/{plan_id}?melding=overgenomen", status_code=303)


def _refused(visit: Visit, plan_id: int, sentences: Sequence[Sentence]) -> Response:
    lead = plans.plan(visit.session, visit.who, plan_id).lead or plan_id
    group = plans.beside(visit.session, visit.who, lead)
    return _page(visit, group, chosen=plan_id, broken=sentences)
