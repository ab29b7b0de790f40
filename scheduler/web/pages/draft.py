"""One unpublished plan: how far it is, what it would do, and what to take out of it."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool

from scheduler.db import people, plans, published
from scheduler.db.plans import PlanView
from scheduler.domain.errors import NotFound, Sentence
from scheduler.domain.terms import PlanState
from scheduler.flows.adjust_draft import WouldBreak, undo_changes
from scheduler.flows.compare_plan import compare
from scheduler.flows.discard_draft import discard_draft
from scheduler.flows.plan_progress import ask_stop
from scheduler.provinces.outline import read_outline
from scheduler.web.context import Coordinating, Visit
from scheduler.web.rendering import fragment, language_of, page
from scheduler.web.sizes import Number

router = APIRouter()

# A stream ends soon and the browser comes back by itself: nothing keeps a server from stopping.
_LOOKS, _EVERY_SECONDS, _BACK_MILLISECONDS = 8, 1.0, 500


@router.get("/rooster/concept/{plan_id}")
def draft(visit: Coordinating, plan_id: Number, melding: str = "") -> Response:
    """The plan, whatever its state."""
    return _page(visit, plan_id, notice=melding)


def _page(
    visit: Visit, plan_id: int, *, notice: str = "", broken: Sequence[Sentence] = ()
) -> Response:
    plan = plans.plan(visit.session, visit.who, plan_id)
    if plan.state is PlanState.DISCARDED:
        raise NotFound("concept", str(plan_id))
    language = language_of(visit.request)
    return page(
        visit,
        "draft.html",
        status=409 if broken else 200,
        tab="herverdelen",
        plan=plan,
        notice=notice,
        broken=[getattr(each, language.value) for each in broken],
        publication=published.latest_publication(visit.session),
        names=_names(visit, plan),
        outline=read_outline(visit.context.settings.province.folder),
        **_comparison(visit, plan),
    )


def _comparison(visit: Visit, plan: PlanView) -> dict[str, Any]:
    if plan.state is not PlanState.DRAFT:
        return {"comparison": None}
    policy = visit.context.policy
    return {"comparison": compare(visit.session, visit.who, plan.id, policy)}


def _names(visit: Visit, plan: PlanView) -> dict[str, list[str]]:
    """What the scope names, by its nouns."""
    session = visit.session
    tables = {each.id: each.name for each in people.tables(session)}
    organisations = {each.id: each.name for each in people.organisations(session)}
    absent = {each.id: each.label for each in people.representatives(session, visit.who)}
    return {
        "tables": _known(tables, plan.tables),
        "organisations": _known(organisations, plan.organisations),
        "absent": _known(absent, plan.absent),
    }


def _known(names: dict[str, str], wanted: Sequence[str] | None) -> list[str]:
    return [names[each] for each in wanted or () if each in names]


@router.get("/rooster/concept/{plan_id}/voortgang")
def progress(visit: Coordinating, plan_id: Number) -> Response:
    """How far it is, in server-sent events: `progress` with a part of the page, then `done`."""
    plans.plan(visit.session, visit.who, plan_id)
    return StreamingResponse(
        _events(visit, plan_id),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _events(visit: Visit, plan_id: int) -> AsyncIterator[str]:
    yield f"retry: {_BACK_MILLISECONDS}\n\n"
    last = ""
    for _ in range(_LOOKS):
        name, text = await run_in_threadpool(_look, visit, plan_id)
        if name == "done" or text != last:
            yield "".join(_event(name, text))
        if name == "done":
            return
        last = text
        await asyncio.sleep(_EVERY_SECONDS)


def _look(visit: Visit, plan_id: int) -> tuple[str, str]:
    """One look at the row, in a session of its own."""
    with visit.context.database.session() as session:
        plan = plans.plan(session, visit.who, plan_id)
    if not plan.is_working:
        return "done", ""
    return "progress", fragment(visit, "progress.html", plan=plan)


def _event(name: str, text: str) -> Iterator[str]:
    """One event: every line of its text is a line of data (WHATWG HTML, section 9.2)."""
    yield f"event: {name}\n"
    yield from (f"data: {line}\n" for line in text.splitlines() or [""])
    yield "\n"


@router.post("/rooster/concept/{plan_id}/stop")
def stop(visit: Coordinating, plan_id: Number) -> Response:
    """Be content with the best so far."""
    ask_stop(visit.session, visit.who, plan_id, at=visit.at)
    return RedirectResponse(f"/rooster/concept/{plan_id}", status_code=303)


@router.post("/rooster/concept/{plan_id}/weg")
def discard(visit: Coordinating, plan_id: Number) -> Response:
    """Put it away."""
    discard_draft(visit.session, visit.who, plan_id, at=visit.at)
    return RedirectResponse("/herverdelen", status_code=303)


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
        return _page(visit, plan_id, broken=refusal.sentences)
    return RedirectResponse(f"/rooster/concept/{plan_id}?melding=aangepast", status_code=303)
