"""Moving a meeting, or calling it off, by the coordinator."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from scheduler.db import published
from scheduler.domain.times import local
from scheduler.flows.planning.change_meeting import call_off_meeting, move_meeting
from scheduler.flows.requests.request_reading import BadRequest
from scheduler.flows.requests.request_times import MOST_TIMES, TypedTime
from scheduler.legal import read_legal
from scheduler.web.context import Coordinating, Visit
from scheduler.web.rendering import language_of, page
from scheduler.web.requests.forms import SentForm, faults_by_field, typed_times

router = APIRouter()


@router.get("/overleg/{meeting_id}/veranderen")
def changing(visit: Coordinating, meeting_id: str) -> Response:
    """The form for other times, or a reason to call it off."""
    found = published.published_meeting(visit.session, visit.who, meeting_id)
    starts, ends = local(found.starts_at), local(found.ends_at)
    return _form(
        visit,
        meeting_id,
        (TypedTime(starts.date().isoformat(), f"{starts:%H:%M}", f"{ends:%H:%M}"),),
    )


@router.post("/overleg/{meeting_id}/veranderen")
def change(visit: Coordinating, meeting_id: str, sent: SentForm) -> Response:
    """Give it other times, or call it off; the button says which."""
    typed = typed_times(sent)
    act = sent.text("knop")
    if act == "nog":
        return _form(visit, meeting_id, (*typed, TypedTime())[:MOST_TIMES])
    try:
        if act == "schrap":
            call_off_meeting(visit.session, visit.who, meeting_id, sent.text("reason"), at=visit.at)
        else:
            move_meeting(
                visit.session, visit.who, meeting_id, typed, legal=read_legal(), at=visit.at
            )
    except BadRequest as error:
        return _form(visit, meeting_id, typed, error, reason=sent.text("reason"))
    return RedirectResponse(f"/overleg/{meeting_id}", status_code=303)


def _form(
    visit: Visit,
    meeting_id: str,
    typed: tuple[TypedTime, ...],
    error: BadRequest | None = None,
    *,
    reason: str = "",
) -> Response:
    found = published.published_meeting(visit.session, visit.who, meeting_id)
    return page(
        visit,
        "move.html",
        tab="rooster",
        status=400 if error else 200,
        title=found.title,
        back=f"/overleg/{meeting_id}",
        times=typed or (TypedTime(),),
        faults=faults_by_field(error, language_of(visit.request)),
        most=MOST_TIMES,
        may_call_off=True,
        typed_reason=reason,
    )
