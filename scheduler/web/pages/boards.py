"""The page of a board: where its organisation is heard, and who speaks for it."""

from fastapi import APIRouter, Response

from scheduler.db import people, reports
from scheduler.db.report_views import Told
from scheduler.db.views import MeetingFilter, MeetingView, Named
from scheduler.db.votes import to_cast
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import Role
from scheduler.flows.digest.choice import digest_of
from scheduler.flows.mandates.ask_again import to_ask_again
from scheduler.flows.mandates.uses import lapses
from scheduler.web.coming import coming
from scheduler.web.context import SignedIn, Visit
from scheduler.web.rendering import page
from scheduler.web.waiting import waiting

router = APIRouter()

_MOST, _FEW = 12, 5
"""How many coming meetings are listed, and how many reports; others have all."""


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
        unheard=[
            each for each in heard if speaker(each) is None and organisation not in each.left_alone
        ],
        left_alone=any(organisation in each.left_alone for each in heard),
        speaker=speaker,
        people=[
            each
            for each in people.representatives(visit.session, visit.who)
            if each.organisation.id == organisation.id
        ],
        waiting=waiting(visit, organisation_id, heard),
        asked_again=to_ask_again(
            visit.session, Actor(Role.BOARD, organisation_id), today=visit.today
        ),
        most=_MOST,
        votes=to_cast(visit.session, Actor(Role.BOARD, organisation_id)),
        told=_told(visit, organisation),
        digest=digest_of(visit.session, visit.who, organisation.id),
    )


def _told(visit: Visit, organisation: Named) -> list[Told]:
    """The newest of what was said on its behalf."""
    since = MeetingFilter(organisation=organisation.id)
    found = reports.reports_told(visit.session, visit.who, since)
    own = Actor(Role.BOARD, organisation.id)
    return [each for each in found if reports.reads_whole(visit.session, own, each.meeting)][:_FEW]


def _is_heard(meeting: MeetingView, organisation: Named) -> bool:
    return any(each.organisation.id == organisation.id for each in meeting.voices)


def _speaker(meeting: MeetingView, organisation: Named) -> Named | None:
    return next(
        (each.speaker for each in meeting.voices if each.organisation.id == organisation.id), None
    )
