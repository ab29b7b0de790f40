"""The first page: what needs the coordinator, what comes for a representative, board or body."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from scheduler.db import drafts, published
from scheduler.db.views import MeetingView
from scheduler.domain.terms import MeetingState, Role
from scheduler.flows.adjusting import Standing
from scheduler.web.context import SignedIn, Visit
from scheduler.web.now import Desk, Urgency, lines
from scheduler.web.own_start import own_start
from scheduler.web.pages.boards import board_page
from scheduler.web.pages.municipalities import body_page
from scheduler.web.plans.filters import Asked
from scheduler.web.plans.roster import draft_bar, standing_of
from scheduler.web.rendering import language_of, page
from scheduler.web.words.adjustments import told_step
from scheduler.web.words.terms import Words

router = APIRouter()

_GAPS, _FEW = 10, 5


@router.get("/")
def start(visit: SignedIn) -> Response:
    """The start page of whoever is signed in."""
    subject = visit.who.subject
    if visit.who.role is Role.REPRESENTATIVE and subject:
        return own_start(visit, subject)
    if visit.who.asks:
        return body_page(visit, visit.who, tab="nu")
    if visit.who.role is Role.BOARD and subject:
        return board_page(visit, subject)
    if not visit.who.sees_all:
        return RedirectResponse("/beheer", status_code=303)
    return _coordinator(visit)


@dataclass(frozen=True, slots=True)
class Now:
    """What is coming, by its start; how many have a gap, and how many lack a deputy."""

    coming: tuple[MeetingView, ...]
    gaps: int
    lacking_deputy: int

    @classmethod
    def of(cls, coming: Iterable[MeetingView]) -> Self:
        """Count once: a year holds thousands."""
        meetings = tuple(coming)
        return cls(
            coming=meetings,
            gaps=sum(meeting.has_gap for meeting in meetings),
            lacking_deputy=sum(meeting.lacks_deputy for meeting in meetings),
        )


def _coordinator(visit: Visit) -> Response:
    standing = standing_of(visit)
    words = Words(language_of(visit.request), visit.today)
    now = Now.of(_coming(visit, standing))
    return page(
        visit,
        "coordinator.html",
        tab="nu",
        now=now,
        lines=lines(Desk(visit, standing, words)),
        Urgency=Urgency,
        publication=published.latest_publication(visit.session),
        draft=draft_bar(visit, standing),
        steps=drafts.recent_steps(visit.session, visit.who, most=_FEW),
        told=lambda step: told_step(visit, standing, step) if standing else "",
        at_meeting=Asked().at_meeting,
        fresh=standing.new if standing else {},
        most=_GAPS,
    )


def _coming(visit: Visit, standing: Standing | None) -> Iterator[MeetingView]:
    for view in standing.views if standing else ():
        if view.starts_at > visit.at and view.state is MeetingState.PLANNED:
            yield view
