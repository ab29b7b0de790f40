"""From draft to publication: what it changes, who is told, and one press to do it."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Response
from fastapi.responses import RedirectResponse

from scheduler.db import plans, published
from scheduler.domain.errors import NotFound, NothingToDo
from scheduler.domain.terms import PlanState
from scheduler.flows.discard_draft import discard_draft
from scheduler.flows.meeting_changes import draft_changes
from scheduler.flows.publish_plan import Overtaken, publish_plan
from scheduler.web.context import Coordinating, Visit
from scheduler.web.rendering import page
from scheduler.web.sizes import Number, OptionalNumber, PageNumber

router = APIRouter()

_SIZE = 50
"""How many changes stand on one page."""


@router.get("/publiceren")
def look(
    visit: Coordinating,
    concept: Annotated[OptionalNumber, Query()] = None,
    melding: str = "",
    blad: PageNumber = 1,
) -> Response:
    """A draft against the publication in force: the newest one, or the one that is asked for."""
    drafts = [
        each for each in plans.open_plans(visit.session, visit.who) if each.state is PlanState.DRAFT
    ]
    draft = next((each for each in drafts if concept in {None, each.id}), None)
    if concept is not None and draft is None:
        return _elsewhere(visit, concept)
    return page(
        visit,
        "publish.html",
        tab="publiceren",
        draft=draft,
        others=[each for each in drafts if each is not draft],
        list=draft_changes(visit.session, visit.who, draft.id) if draft else None,
        publication=published.latest_publication(visit.session),
        history=published.publications(visit.session, visit.who),
        at=visit.at,
        notice=melding,
        sheet=blad,
        size=_SIZE,
    )


def _elsewhere(visit: Visit, plan_id: int) -> Response:
    """Where a draft went that is no draft any more."""
    plan = plans.plan(visit.session, visit.who, plan_id)
    if plan.published_as:
        return RedirectResponse(f"/publicatie/{plan.published_as}?melding=al", status_code=303)
    if plan.state is PlanState.DISCARDED:
        raise NotFound("concept", str(plan_id))
    return RedirectResponse(f"/rooster/concept/{plan_id}", status_code=303)


@router.post("/publiceren/{plan_id}")
def publish(visit: Coordinating, plan_id: Number, na: Annotated[int, Form()]) -> Response:
    """Publish the draft, once: a second press, or a second coordinator, sees what came of it."""
    if plans.plan(visit.session, visit.who, plan_id).published_as:
        return _elsewhere(visit, plan_id)
    try:
        made = publish_plan(visit.session, visit.who, plan_id, at=visit.at, after=na)
    except (Overtaken, NothingToDo) as reason:
        visit.session.rollback()
        said = "ingehaald" if isinstance(reason, Overtaken) else "niets"
        return RedirectResponse(f"/publiceren?concept={plan_id}&melding={said}", status_code=303)
    except NotFound:
        # Somebody else took it between our look and our press.
        visit.session.rollback()
        return _elsewhere(visit, plan_id)
    return RedirectResponse(f"/publicatie/{made.number}?melding=nieuw", status_code=303)


@router.post("/publiceren/{plan_id}/weg")
def discard(visit: Coordinating, plan_id: Number) -> Response:
    """Put the draft away."""
    discard_draft(visit.session, visit.who, plan_id, at=visit.at)
    return RedirectResponse("/publiceren?melding=weg", status_code=303)
