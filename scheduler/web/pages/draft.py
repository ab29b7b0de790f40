"""One draft: what it would change, what to take out of it, and on to publishing."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from scheduler.db import drafts, plans, published
from scheduler.db.plans import PlanView
from scheduler.domain.errors import NotFound, Sentence
from scheduler.domain.terms import PlanState
from scheduler.flows.planning.adjust_draft import WouldBreak, undo_changes
from scheduler.flows.planning.discard_draft import discard_draft
from scheduler.provinces.outline import read_outline
from scheduler.web.context import Coordinating, Visit
from scheduler.web.pages.proposals import names_in
from scheduler.web.plans.comparisons import comparison_of
from scheduler.web.rendering import page
from scheduler.web.sizes import Number
from scheduler.web.words import reasons

router = APIRouter()


@router.get("/rooster/concept/{plan_id}")
def draft(visit: Coordinating, plan_id: Number, melding: str = "") -> Response:
    """The draft; what isn't one yet stands among the proposals."""
    plan = plans.plan(visit.session, visit.who, plan_id)
    if plan.state is PlanState.DISCARDED:
        raise NotFound("concept", str(plan_id))
    if plan.state not in {PlanState.DRAFT, PlanState.PUBLISHED}:
        chosen = f"?voorstel={plan.id}" if plan.lead else ""
        return RedirectResponse(f"/herverdelen/{plan.lead or plan.id}{chosen}", status_code=303)
    return _page(visit, plan, notice=melding)


def _page(
    visit: Visit, plan: PlanView, *, notice: str = "", broken: Sequence[Sentence] = ()
) -> Response:
    is_draft = plan.state is PlanState.DRAFT
    return page(
        visit,
        "draft.html",
        status=409 if broken else 200,
        tab="herverdelen",
        plan=plan,
        notice=notice,
        broken=broken,
        is_working_draft=drafts.working_draft(visit.session).plan_id == plan.id,
        publication=published.newest(visit.session),
        names=names_in(visit, plan),
        reasons=reasons,
        outline=read_outline(visit.context.settings.province.folder),
        comparison=comparison_of(visit, [plan.id]) if is_draft else None,
    )


@router.post("/rooster/concept/{plan_id}/weg")
def discard(visit: Coordinating, plan_id: Number) -> Response:
    """Put it away."""
    discard_draft(visit.session, visit.who, plan_id, at=visit.at)
    return RedirectResponse("/herverdelen?melding=weg", status_code=303)


@router.post("/rooster/concept/{plan_id}/wijzigingen")
def take_out(
    visit: Coordinating,
    plan_id: Number,
    alle: Annotated[list[str], Form()],
    mee: Annotated[list[str], Form(default_factory=list)],
) -> Response:
    """Put back what isn't ticked, of the changes that the page showed."""
    back = set(alle) - set(mee)
    if not back:
        return RedirectResponse(f"/rooster/concept/{plan_id}?melding=gelijk", status_code=303)
    try:
        undo_changes(visit.session, visit.who, plan_id, back, visit.context.policy, at=visit.at)
    except WouldBreak as refusal:
        plan = plans.plan(visit.session, visit.who, plan_id)
        return _page(visit, plan, broken=refusal.sentences)
    return RedirectResponse(f"/rooster/concept/{plan_id}?melding=aangepast", status_code=303)
