"""From draft to publication: what it changes, who is told, and one press to do it."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Response
from fastapi.responses import RedirectResponse

from scheduler.db import plans, published
from scheduler.db.plans import PlanView
from scheduler.domain.errors import NotFound, NothingToDo, Sentence
from scheduler.domain.terms import PlanState
from scheduler.flows.adjusting import AgainstRules
from scheduler.flows.mail.preview_mail import (
    PlannedMail,
    by_recipient,
    preview_letters,
    preview_mail,
)
from scheduler.flows.planning.discard_draft import discard_draft
from scheduler.flows.publishing.meeting_changes import draft_changes
from scheduler.flows.publishing.publish_plan import Overtaken, publish_plan
from scheduler.mail import Office
from scheduler.web.context import Coordinating, Visit
from scheduler.web.plans.roster import verdict_of
from scheduler.web.rendering import page
from scheduler.web.sizes import Number, OptionalNumber, PageNumber

router = APIRouter()

_SIZE = 50
"""How many changes stand on one page."""

_LETTERS = 10
"""How many letters stand on one page."""

_FEW, _FAULTS = 8, 10
"""How many addresses, and broken rules, are named before the rest is left to a page of its own."""


@router.get("/publiceren")
def look(
    visit: Coordinating,
    concept: Annotated[OptionalNumber, Query()] = None,
    melding: str = "",
    blad: PageNumber = 1,
) -> Response:
    """A draft against the publication in force: the newest one, or the one that is asked for."""
    if concept is not None and all(each.id != concept for each in _drafts(visit)):
        return _elsewhere(visit, concept)
    return _page(visit, concept, notice=melding, sheet=blad)


def _page(
    visit: Visit,
    wanted: int | None,
    *,
    notice: str = "",
    sheet: int = 1,
    refusals: Sequence[Sentence] = (),
) -> Response:
    drafts = _drafts(visit)
    draft = next((each for each in drafts if wanted in {None, each.id}), None)
    return page(
        visit,
        "publish.html",
        tab="publiceren",
        status=409 if refusals else 200,
        draft=draft,
        others=[each for each in drafts if each is not draft],
        publication=published.latest_publication(visit.session),
        history=published.publications(visit.session, visit.who),
        at=visit.at,
        notice=notice,
        refusals=refusals,
        sheet=sheet,
        size=_SIZE,
        few=_FEW,
        most=_FAULTS,
        **(_told(visit, draft) if draft else {"list": None, "verdict": None}),
    )


def _drafts(visit: Visit) -> list[PlanView]:
    return [
        each for each in plans.open_plans(visit.session, visit.who) if each.state is PlanState.DRAFT
    ]


def _told(visit: Visit, draft: PlanView) -> dict[str, Any]:
    """What the draft changes, what the rule book says of it, and who gets mail about it."""
    mails = preview_mail(visit.session, visit.who, draft.id, at=visit.at)
    verdict, titles = verdict_of(visit, draft.id)
    return {
        "list": draft_changes(visit.session, visit.who, draft.id, at=visit.at),
        "verdict": verdict,
        "titles": titles,
        "mails": _by_meeting(mails),
        "posts": by_recipient(mails),
        "number_of_mails": len(mails),
        "urgent_mails": sum(mail.urgent for mail in mails),
    }


def _by_meeting(mails: Sequence[PlannedMail]) -> dict[str, list[PlannedMail]]:
    found: dict[str, list[PlannedMail]] = {}
    for mail in mails:
        found.setdefault(mail.meeting_id, []).append(mail)
    return found


@router.get("/publiceren/{plan_id}/mail")
def mail(visit: Coordinating, plan_id: Number, blad: PageNumber = 1) -> Response:
    """Everybody who would get mail."""
    mails = preview_mail(visit.session, visit.who, plan_id, at=visit.at)
    return page(
        visit,
        "publish_mail.html",
        tab="publiceren",
        draft=plan_id,
        posts=by_recipient(mails),
        sheet=blad,
        size=_SIZE,
    )


@router.get("/publiceren/{plan_id}/mail/{recipient_id}")
def letters(
    visit: Coordinating, plan_id: Number, recipient_id: str, blad: PageNumber = 1
) -> Response:
    """What one address would read."""
    post = preview_letters(
        visit.session,
        visit.who,
        Office.of(visit.context.settings, visit.context.key),
        plan_id,
        recipient_id,
        at=visit.at,
        part=slice((blad - 1) * _LETTERS, blad * _LETTERS),
    )
    return page(
        visit,
        "publish_letters.html",
        tab="publiceren",
        draft=plan_id,
        post=post,
        sheet=blad,
        size=_LETTERS,
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
    policy = visit.context.policy
    try:
        made = publish_plan(visit.session, visit.who, plan_id, at=visit.at, after=na, policy=policy)
    except (Overtaken, NothingToDo) as reason:
        visit.session.rollback()
        said = "ingehaald" if isinstance(reason, Overtaken) else "niets"
        return RedirectResponse(f"/publiceren?concept={plan_id}&melding={said}", status_code=303)
    except AgainstRules as refused:
        visit.session.rollback()
        return _page(visit, plan_id, refusals=refused.sentences)
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
