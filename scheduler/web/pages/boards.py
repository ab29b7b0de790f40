"""The page of a board: where its organisation is heard, and who speaks for it."""

from fastapi import APIRouter, Response

from scheduler.db import people
from scheduler.db.views import MeetingView, Named
from scheduler.db.votes import to_cast
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import Role
from scheduler.flows.mandates.uses import lapses
from scheduler.web.coming import coming
from scheduler.web.context import SignedIn, Visit
from scheduler.web.rendering import page
from scheduler.web.waiting import waiting

router = APIRouter()

_MOST = 12
"""How many coming meetings are listed; the plan has them all."""


@router.get("/bestuur/{organisation_id}")
def board(visit: SignedIn, organisation_id: str) -> Response:
    """One organisation's board; a board sees only its own."""
    own = visit.who.role is Role.BOARD and visit.who.subject == organisation_id
    if not (own or visit.who.sees_all):
        raise NotFound("huurdersorganisatie", organisation_id)
    return board_page(visit, organisation_id)


def board_page(visit: Visit, organisation_id: str) -> Response:
    """The page of one board; the caller has judged whose it is."""
    organisation = people.organisation(visit.session, organisation_id)
    heard = [each for each in coming(visit) if _is_heard(each, organisation)]
    fallen = lapses(visit.session, heard, at=visit.at)
    lost = {name for name, those in fallen.items() for each in those if each.giver == organisation}

    def speaker(meeting: MeetingView) -> Named | None:
        return None if meeting.id in lost else _speaker(meeting, organisation)

    return page(
        visit,
        "board_start.html",
        tab="nu" if visit.who.role is Role.BOARD else "gegevens",
        organisation=organisation,
        coming=heard,
        unheard=[each for each in heard if speaker(each) is None],
        speaker=speaker,
        people=[
            each
            for each in people.representatives(visit.session, visit.who)
            if each.organisation.id == organisation.id
        ],
        waiting=waiting(visit, organisation_id, heard),
        most=_MOST,
        votes=to_cast(visit.session, Actor(Role.BOARD, organisation_id)),
    )


def _is_heard(meeting: MeetingView, organisation: Named) -> bool:
    return any(each.organisation.id == organisation.id for each in meeting.voices)


def _speaker(meeting: MeetingView, organisation: Named) -> Named | None:
    return next(
        (each.speaker for each in meeting.voices if each.organisation.id == organisation.id), None
    )
