"""Who can't come: who could go instead, and asking them. Nothing here has to be filled in."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from scheduler.db import stand_ins
from scheduler.domain.errors import NothingToDo, Sentence
from scheduler.domain.terms import Choice, StandInState
from scheduler.flows.attending.answer_invitation import answer_invitation
from scheduler.flows.explain_meeting import Someone
from scheduler.flows.stand_in.ask import ask_stand_in, deadline
from scheduler.flows.stand_in.places import who_could
from scheduler.flows.stand_in.withdraw import withdraw_stand_in
from scheduler.web.context import Anyone, SignedIn, Visit
from scheduler.web.plans.roster import shelf_of
from scheduler.web.rendering import language_of, page
from scheduler.web.requests.invited import Invited, as_signed_in, by_link

router = APIRouter()

_MOST = 8
_ALL, _AGREED, _ONLINE, _NOBODY = "allen", "al-ja", "online", "niemand"
_CHOOSE = Sentence("Kies wat er moet gebeuren.", "Choose what has to be done.")
_WHO = Sentence("Kies wie er al ja zei.", "Choose who has said yes.")

Words = Annotated[str, Form()]


@router.get("/overleg/{meeting_id}/ik-kan-niet")
def look(visit: SignedIn, meeting_id: str) -> Response:
    """What can be done, for who is signed in."""
    return _page(visit, as_signed_in(visit, meeting_id))


@router.post("/overleg/{meeting_id}/ik-kan-niet")
def act(
    visit: SignedIn,
    meeting_id: str,
    wie: Words = "",
    ander: Words = "",
    reden: Words = "",
) -> Response:
    """Do it."""
    return _act(visit, as_signed_in(visit, meeting_id), wie, ander, reden)


@router.post("/overleg/{meeting_id}/ik-kan-niet/intrekken")
def withdraw(visit: SignedIn, meeting_id: str) -> Response:
    """Ask nobody any more."""
    return _withdraw(visit, as_signed_in(visit, meeting_id))


@router.get("/antwoord/{token}/ik-kan-niet")
def look_by_link(visit: Anyone, token: str) -> Response:
    """The same by a mailed link."""
    return _page(visit, by_link(visit, token))


@router.post("/antwoord/{token}/ik-kan-niet")
def act_by_link(
    visit: Anyone, token: str, wie: Words = "", ander: Words = "", reden: Words = ""
) -> Response:
    """The same by a mailed link."""
    return _act(visit, by_link(visit, token), wie, ander, reden)


@router.post("/antwoord/{token}/ik-kan-niet/intrekken")
def withdraw_by_link(visit: Anyone, token: str) -> Response:
    """The same by a mailed link."""
    return _withdraw(visit, by_link(visit, token))


def _page(
    visit: Visit, invited: Invited, fault: Sentence | None = None, typed: str = ""
) -> Response:
    meeting = invited.meeting
    if meeting.starts_at <= visit.at:
        raise NothingToDo(_BEGUN)
    able = _able(visit, invited)
    asked = stand_ins.newest_of(visit.session, invited.actor, invited.person, meeting.id)
    hours = visit.context.settings.planning.stand_in_hours
    since = asked.asked_at if asked and asked.state is StandInState.OPEN else visit.at
    answered = page(
        visit,
        "cannot.html",
        tab="nu",
        status=400 if fault else 200,
        m=meeting,
        invited=invited,
        able=able[:_MOST],
        asked=asked if asked and asked.state is StandInState.OPEN else None,
        until=deadline(since, meeting.starts_at, hours=hours),
        fault=getattr(fault, language_of(visit.request).value) if fault else "",
        typed=typed,
    )
    answered.headers["Cache-Control"] = "no-store"
    return answered


_BEGUN = Sentence(
    "Dit overleg is al begonnen. Bel de coördinator.",
    "This meeting has begun. Call the coordinator.",
)


def _able(visit: Visit, invited: Invited) -> tuple[Someone, ...]:
    return who_could(
        visit.session, shelf_of(visit), invited.meeting.id, invited.person, at=visit.at
    )


def _act(visit: Visit, invited: Invited, wie: str, ander: str, reden: str) -> Response:
    """The no is kept in every case, whatever else is wished."""
    able = [each.id for each in _able(visit, invited)]
    people, fault = _people(wie, ander, able)
    if fault is not None:
        return _page(visit, invited, fault, typed=reden)
    answer_invitation(
        visit.session,
        invited.actor,
        invited.meeting.id,
        Choice.NO,
        way=invited.way,
        at=visit.at,
        comment=reden.strip(),
        could_online=wie == _ONLINE,
    )
    if people:
        ask_stand_in(
            visit.session,
            invited.actor,
            shelf_of(visit),
            invited.meeting.id,
            people,
            at=visit.at,
            agreed=wie == _AGREED,
        )
    return RedirectResponse(f"{invited.base}/ik-kan-niet", status_code=303)


def _people(wie: str, ander: str, able: Sequence[str]) -> tuple[Sequence[str], Sentence | None]:
    """Whom to ask by what was chosen on the page, or what is wrong with that."""
    if wie == _ALL:
        return able[:_MOST], None
    if wie == _AGREED:
        return ([ander], None) if ander in able else ((), _WHO)
    if wie in {_ONLINE, _NOBODY}:
        return (), None
    return ([wie], None) if wie in able else ((), _CHOOSE)


def _withdraw(visit: Visit, invited: Invited) -> Response:
    withdraw_stand_in(visit.session, invited.actor, invited.meeting.id, at=visit.at)
    return RedirectResponse(f"{invited.base}/ik-kan-niet", status_code=303)
