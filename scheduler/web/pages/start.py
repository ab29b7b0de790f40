"""The first page: what needs the coordinator, what comes for a representative, board or body."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from scheduler.db import drafts, people, published
from scheduler.db.answers import own_answers
from scheduler.db.stand_ins import asked_of
from scheduler.db.views import MeetingView
from scheduler.domain.access import SYSTEM
from scheduler.domain.links import Links
from scheduler.domain.terms import MeetingState, Role
from scheduler.flows.adjusting import Standing
from scheduler.flows.attending.mailed_links import stand_in_link
from scheduler.flows.feeds.addresses import feeds_of
from scheduler.web.adjustments import told_step
from scheduler.web.asked import Asked
from scheduler.web.coming import coming, people_at, shadows_at
from scheduler.web.context import SignedIn, Visit
from scheduler.web.now import Desk, Urgency, lines
from scheduler.web.pages.boards import board_page
from scheduler.web.pages.municipalities import body_page
from scheduler.web.rendering import language_of, page
from scheduler.web.roster import draft_bar, standing_of
from scheduler.web.waiting import waiting
from scheduler.web.words import Words

router = APIRouter()

_MOST, _GAPS, _FEW = 20, 10, 5


@router.get("/")
def start(visit: SignedIn) -> Response:
    """The start page of whoever is signed in."""
    subject = visit.who.subject
    if visit.who.role is Role.REPRESENTATIVE and subject:
        return _representative(visit, subject)
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


def _representative(visit: Visit, subject: str) -> Response:
    visible = coming(visit, cancelled=True)
    own = [each for each in visible if subject in (*people_at(each), *shadows_at(each))]
    first = next((each for each in own if each.state is MeetingState.PLANNED), None)
    asking = [each for each in own if _is_asked(each, subject)]
    me = people.representative(visit.session, visit.who, subject)
    said = own_answers(visit.session, visit.who, subject)
    feed = feeds_of(
        visit.session, visit.who, visit.context.key, visit.context.base_url, at=visit.at
    )[0]
    return page(
        visit,
        "representative_start.html",
        tab="nu",
        me=me,
        next=first,
        said=said,
        asked=_asked(visit, subject),
        question=next((each for each in asking if each.id not in said), None),
        later=[each for each in own if each is not first][:_MOST],
        more=len(own) - 1 > _MOST,
        others=_others(visible, own),
        spoken=lambda meeting: [each.name for each in meeting.spoken_for(me.organisation.id)],
        feed=feed,
        waiting=waiting(visit, me.organisation.id, visible),
        few=_FEW,
    )


@dataclass(frozen=True, slots=True)
class AskedToStandIn:
    """Whose place somebody is asked to take, at which meeting, and where to say so."""

    who: str
    meeting: MeetingView
    address: str


def _asked(visit: Visit, subject: str) -> list[AskedToStandIn]:
    links = Links(visit.context.key)
    return [
        AskedToStandIn(
            each.who.name,
            published.published_meeting(visit.session, SYSTEM, each.meeting_id),
            stand_in_link(links, "", each.id, subject),
        )
        for each in asked_of(visit.session, visit.who, at=visit.at)
    ]


def _is_asked(meeting: MeetingView, subject: str) -> bool:
    return meeting.state is MeetingState.PLANNED and subject in people_at(meeting)


def _others(visible: Sequence[MeetingView], own: Sequence[MeetingView]) -> list[MeetingView]:
    mine = {meeting.id for meeting in own}
    planned = (each for each in visible if each.state is MeetingState.PLANNED)
    return [meeting for meeting in planned if meeting.id not in mine]
