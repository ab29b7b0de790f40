"""A meeting beside the coordinators' list: why, who else, who can't; and every change by hand."""

from typing import Annotated, Any
from urllib.parse import parse_qsl, quote, urlencode

from fastapi import APIRouter, Form, Path, Query, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from scheduler.db.answers import answers_to
from scheduler.db.tables import DraftStep
from scheduler.db.views import MeetingView
from scheduler.domain.errors import BadInput, NotFound, NothingToDo, Sentence
from scheduler.domain.terms import Adjustment, StepState
from scheduler.domain.times import local
from scheduler.flows.adjusting import AgainstRules, ChangedMeanwhile, Standing, Wish
from scheduler.flows.attending.lift_no import lift_no
from scheduler.flows.explain_meeting import explain_meeting, places, usual_place, what_opens
from scheduler.flows.mandates.uses import lapses
from scheduler.flows.planning import adjust_plan as flow
from scheduler.web.context import Coordinating, Visit
from scheduler.web.pages.plan import listed
from scheduler.web.plans.filters import Asked
from scheduler.web.plans.roster import shelf_of, some_standing
from scheduler.web.rendering import page
from scheduler.web.words.adjustments import told_step, told_wish

router = APIRouter(prefix="/rooster")

_HIGHEST = 2**31 - 1
_NOBODY: dict[str, Any] = {"bans": (), "noes_here": ()}
StepId = Annotated[int, Path(ge=1, le=_HIGHEST)]


class AskedAt(Asked, frozen=True):
    """The filters, and what is asked about the meeting that is open.

    `plaats` is the place that candidates are sought for, `waarom` the attendee whose coming is
    explained, `meer` asks what would open more, `stap` is the step that was just taken.
    """

    plaats: str = ""
    waarom: str = ""
    meer: str = ""
    stap: int = 0


class Wished(BaseModel, frozen=True):
    """A change as its form carries it; `terug` holds the filters that were in the address."""

    daad: Adjustment
    wie: str | None = None
    van: str | None = None
    moment: Annotated[int | None, Query(ge=0, le=_HIGHEST)] = None
    versie: Annotated[int, Query(ge=0, le=_HIGHEST)]
    terug: str = ""

    def at(self, meeting_id: str) -> Wish:
        """The wish that it is."""
        return Wish(
            act=self.daad,
            meeting_id=meeting_id,
            representative_id=self.wie or None,
            instead_of=self.van or None,
            slot=self.moment,
        )


@router.get("/{meeting_id}")
def meeting(visit: Coordinating, meeting_id: str, asked: Annotated[AskedAt, Query()]) -> Response:
    """The meeting's page, beside the list on a wide screen."""
    return _page(visit, meeting_id, asked)


@router.post("/{meeting_id}")
def change(visit: Coordinating, meeting_id: str, wished: Annotated[Wished, Form()]) -> Response:
    """Change the meeting in the draft, and come back to it; a refusal says which rule and why."""
    wish = wished.at(meeting_id)
    try:
        step = flow.adjust_plan(
            visit.session, visit.who, shelf_of(visit), wish, made_on=wished.versie, at=visit.at
        )
    except (AgainstRules, BadInput) as refused:
        visit.session.rollback()
        return _refused(visit, meeting_id, wished.terug, tuple(refused.sentences))
    except ChangedMeanwhile as meanwhile:
        visit.session.rollback()
        return _both(visit, wished, meanwhile)
    return _back(step, wished.terug)


@router.post("/{meeting_id}/toch-vragen")
def ask_again(
    visit: Coordinating,
    meeting_id: str,
    wie: Annotated[str, Form()],
    terug: Annotated[str, Form()] = "",
) -> Response:
    """Lift somebody's no: the coordinator spoke to them, and they can be planned after all."""
    try:
        lift_no(visit.session, visit.who, meeting_id, wie, at=visit.at)
    except NothingToDo:
        visit.session.rollback()  # pressed twice
    return _to(meeting_id, terug)


@router.post("/stap/{step_id}/terug")
def undo(visit: Coordinating, step_id: StepId, terug: Annotated[str, Form()] = "") -> Response:
    """Take the last step back."""
    return _turn(visit, step_id, terug, flow.undo)


@router.post("/stap/{step_id}/opnieuw")
def redo(visit: Coordinating, step_id: StepId, terug: Annotated[str, Form()] = "") -> Response:
    """Do what was taken back once more."""
    return _turn(visit, step_id, terug, flow.redo)


def _turn(visit: Visit, step_id: int, back: str, turn: Any) -> Response:
    try:
        step = turn(visit.session, visit.who, shelf_of(visit), step_id, at=visit.at)
    except (AgainstRules, BadInput) as refused:
        visit.session.rollback()
        step = visit.session.get_one(DraftStep, step_id)
        return _refused(visit, step.meeting_id, back, tuple(refused.sentences))
    except ChangedMeanwhile as meanwhile:
        visit.session.rollback()
        return _refused(visit, meanwhile.meeting_id, back, tuple(meanwhile.sentences))
    return _back(step, back)


def _back(step: DraftStep, back: str) -> Response:
    return _to(step.meeting_id, back, stap=step.id)


def _to(meeting_id: str, back: str, **more: int) -> Response:
    """The meeting beside the same list as before."""
    kept = {name: value for name, value in parse_qsl(back) if name in Asked.model_fields}
    query = urlencode({**kept, **more})
    address = f"/rooster/{quote(meeting_id, safe='')}?{query}#overleg"
    return RedirectResponse(address, status_code=303)


def _refused(visit: Visit, meeting_id: str, back: str, sentences: tuple[Sentence, ...]) -> Response:
    asked = AskedAt.model_validate(dict(parse_qsl(back)))
    return _page(visit, meeting_id, asked, refusals=sentences, status=409)


def _page(
    visit: Visit,
    meeting_id: str,
    asked: AskedAt,
    *,
    refusals: tuple[Sentence, ...] = (),
    status: int = 200,
) -> Response:
    standing = some_standing(visit)
    view = standing.view(meeting_id)
    if view is None:
        raise NotFound("overleg", meeting_id)
    beside = asked if asked.maand else asked.model_copy(update={"maand": _month(view)})
    return page(
        visit,
        "roster_meeting.html",
        tab="rooster",
        status=status,
        m=view,
        standing=standing,
        step=_step(visit, standing, asked.stap),
        answers=answers_to(visit.session, visit.who, meeting_id),
        refusals=refusals,
        lapsed=lapses(visit.session, [view], at=visit.at).get(view.id, ()),
        back=asked.as_query,
        done=lambda step: told_step(visit, standing, step),
        **_explained(visit, standing, view, asked),
        **listed(visit, standing, beside, meeting_id),
    )


def _month(view: MeetingView) -> str:
    return f"{local(view.starts_at):%Y-%m}"


def _explained(
    visit: Visit, standing: Standing, view: MeetingView, asked: AskedAt
) -> dict[str, Any]:
    """What is to be said about a meeting that can still be changed; nothing of another."""
    can_change = standing.is_open(view.id) and view.starts_at > visit.at
    if not can_change:
        return {"explained": None, "openings": None, "asked_more": False, "places": (), **_NOBODY}
    known = places(standing, view.id)
    place = asked.plaats if asked.plaats in known else usual_place(standing, view.id)
    return {
        "explained": explain_meeting(standing, view.id, place, asked.waarom),
        "openings": what_opens(standing, view.id) if asked.meer else None,
        "asked_more": bool(asked.meer),
        "places": known,
        "bans": standing.kept_away(view.id),
        "noes_here": standing.said_no(view.id),
    }


def _step(visit: Visit, standing: Standing, step_id: int) -> DraftStep | None:
    """The step that was just taken, where it is still one of this draft."""
    step = visit.session.get(DraftStep, step_id) if 0 < step_id <= _HIGHEST else None
    if step is None or step.plan_id != standing.plan_id or step.state is StepState.DROPPED:
        return None
    return step


def _both(visit: Visit, wished: Wished, meanwhile: ChangedMeanwhile) -> Response:
    """What somebody else did, and what was wished, side by side; nothing is lost."""
    standing = some_standing(visit)
    view = standing.view(meanwhile.meeting_id)
    steps = [
        (step, told_step(visit, standing, step))
        for step in meanwhile.steps
        if step.state is StepState.DONE
    ]
    wish = wished.at(meanwhile.meeting_id)
    return page(
        visit,
        "roster_conflict.html",
        tab="rooster",
        status=409,
        m=view,
        standing=standing,
        steps=steps,
        wished=wished,
        back=wished.terug,
        wish=told_wish(visit, standing, wish),
    )
