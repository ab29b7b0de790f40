"""What if: choose what to suppose, look on while it is worked out, compare, and keep or drop it."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from scheduler.db import people, suppositions
from scheduler.db.suppositions import SuppositionView
from scheduler.domain.terms import SuppositionState
from scheduler.flows.what_if import Gap, Outcome, ask_stop, drop, keep, suppose_again
from scheduler.provinces.outline import read_outline
from scheduler.web.context import Coordinating, Visit
from scheduler.web.plans import supposing
from scheduler.web.progress import add_progress
from scheduler.web.rendering import fragment, language_of, page
from scheduler.web.sizes import Number
from scheduler.web.words.terms import Words

router = APIRouter()

_SIDES = ("present", "without", "supposed")


@router.get("/wat-als")
def overview(visit: Coordinating, melding: str = "") -> Response:
    """What can be supposed, what is being worked out, and what was kept."""
    found = suppositions.suppositions(visit.session, visit.who)
    names, words = _names(visit), _words(visit)
    return page(
        visit,
        "what_if.html",
        tab="herverdelen",
        choices=supposing.CHOICES,
        kept=[each for each in found if each.state is SuppositionState.KEPT],
        open=[each for each in found if each.state is not SuppositionState.KEPT],
        said={each.id: supposing.said(each, names, words) for each in found},
        notice=melding,
    )


@router.get("/wat-als/{number}")
def look(visit: Coordinating, number: Number, melding: str = "") -> Response:
    """One supposition: how far it is, or what came of it."""
    view = suppositions.supposition(visit.session, visit.who, number)
    outcomes = _outcomes(view)
    return page(
        visit,
        "what_if_answer.html",
        tab="herverdelen",
        it=view,
        said=supposing.said(view, _names(visit), _words(visit)),
        notice=melding,
        outcomes=outcomes,
        closed=_fewer(outcomes[1], outcomes[2]) if outcomes else (),
        opened=_fewer(outcomes[2], outcomes[1]) if outcomes else (),
        organisations=supposing.organisations(outcomes) if outcomes else (),
        representatives=supposing.representatives(outcomes, _words(visit)) if outcomes else (),
        towns={each.id: each.name for each in people.municipalities(visit.session)},
        outline=read_outline(visit.context.settings.province.folder),
    )


def _outcomes(view: SuppositionView) -> tuple[Outcome, ...]:
    """The present plan, the best without, and the best with what is supposed."""
    kept = view.outcome
    return tuple(Outcome.from_json(kept[side]) for side in _SIDES) if kept else ()


def _fewer(before: Outcome, after: Outcome) -> tuple[Gap, ...]:
    """The gaps of the one that are smaller in the other, or not there."""
    left = {each.meeting: each.size for each in after.gaps}
    return tuple(each for each in before.gaps if left.get(each.meeting, 0) < each.size)


def _words(visit: Visit) -> Words:
    return Words(language_of(visit.request), visit.today)


def _names(visit: Visit) -> dict[str, str]:
    session = visit.session
    named = (*people.organisations(session), *people.municipalities(session))
    who = people.representatives(session, visit.who)
    return {each.id: each.name for each in named} | {each.id: each.label for each in who}


def _look(visit: Visit, number: int) -> str | None:
    with visit.context.database.session() as session:
        view = suppositions.supposition(session, visit.who, number)
    if not view.is_working:
        return None
    return fragment(visit, "what_if_progress.html", it=view, at=visit.context.clock())


add_progress(router, "/wat-als/{number}", _look)


@router.post("/wat-als/{number}/stop")
def stop(visit: Coordinating, number: Number) -> Response:
    """Be content with the best so far."""
    ask_stop(visit.session, visit.who, number, at=visit.at)
    return RedirectResponse(f"/wat-als/{number}", status_code=303)


@router.post("/wat-als/{number}/bewaar")
def keep_it(visit: Coordinating, number: Number) -> Response:
    """Keep the answer, with who and when."""
    keep(visit.session, visit.who, number, at=visit.at)
    return RedirectResponse(f"/wat-als/{number}?melding=bewaard", status_code=303)


@router.post("/wat-als/{number}/weg")
def drop_it(visit: Coordinating, number: Number) -> Response:
    """Drop it."""
    drop(visit.session, visit.who, number, at=visit.at)
    return RedirectResponse("/wat-als?melding=weg", status_code=303)


@router.post("/wat-als/{number}/opnieuw")
def again(visit: Coordinating, number: Number) -> Response:
    """Ask the same on today's facts."""
    new = suppose_again(visit.session, visit.who, number, at=visit.at)
    return RedirectResponse(f"/wat-als/{new}", status_code=303)
