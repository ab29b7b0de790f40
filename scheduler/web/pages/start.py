"""The first page: what needs the coordinator, what comes for a representative or municipality."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Response

from scheduler.db import people, published
from scheduler.db.answers import all_answers, own_answers
from scheduler.db.views import MeetingView
from scheduler.domain.terms import Choice, MeetingState, Role
from scheduler.flows.feeds import feeds_of
from scheduler.web.coming import coming, people_at
from scheduler.web.context import SignedIn, Visit
from scheduler.web.pages.municipalities import municipality_page
from scheduler.web.rendering import page

router = APIRouter()

_MOST, _GAPS, _FEW = 20, 10, 5


@router.get("/")
def start(visit: SignedIn) -> Response:
    """The start page of whoever is signed in."""
    subject = visit.who.subject
    if visit.who.role is Role.REPRESENTATIVE and subject:
        return _representative(visit, subject)
    if visit.who.role is Role.MUNICIPALITY and subject:
        return municipality_page(visit, subject, tab="nu")
    return _coordinator(visit)


@dataclass(frozen=True, slots=True)
class Now:
    """What is coming, and what is missing from it; each by its start."""

    coming: tuple[MeetingView, ...]

    @property
    def gaps(self) -> tuple[MeetingView, ...]:
        """With an empty seat, or an organisation that isn't heard."""
        return tuple(meeting for meeting in self.coming if meeting.has_gap)

    @property
    def arranged(self) -> int:
        """How many have no gap."""
        return len(self.coming) - len(self.gaps)

    @property
    def without_deputy(self) -> tuple[MeetingView, ...]:
        """Without a deputy and with no other gap, which would be told already."""
        return tuple(each for each in self.coming if each.lacks_deputy and not each.has_gap)

    @property
    def lacking_deputy(self) -> int:
        """How many lack a deputy, with a gap or without."""
        return sum(meeting.lacks_deputy for meeting in self.coming)


def _coordinator(visit: Visit) -> Response:
    now = Now(coming(visit))
    return page(
        visit,
        "coordinator.html",
        tab="nu",
        now=now,
        declined=_declined(visit, now.coming)[:_GAPS],
        publication=published.latest_publication(visit.session),
        most=_GAPS,
        few=_FEW,
    )


def _declined(visit: Visit, meetings: Sequence[MeetingView]) -> list[tuple[MeetingView, str]]:
    """The coming meetings to which somebody says no, and who that is."""
    no = {
        (each.meeting_id, each.representative_id)
        for each in all_answers(visit.session, visit.who)
        if each.choice is Choice.NO
    }
    return [
        (meeting, person.label)
        for meeting in meetings
        for person in (*meeting.attendees, *filter(None, [meeting.deputy]))
        if (meeting.id, person.representative_id) in no
    ]


def _representative(visit: Visit, subject: str) -> Response:
    visible = coming(visit, cancelled=True)
    own = [meeting for meeting in visible if subject in people_at(meeting)]
    first = next((each for each in own if each.state is MeetingState.PLANNED), None)
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
        question=next((each for each in own if _is_open(each) and each.id not in said), None),
        later=[each for each in own if each is not first][:_MOST],
        more=len(own) - 1 > _MOST,
        others=_others(visible, own),
        spoken=lambda meeting: [each.name for each in meeting.spoken_for(me.organisation.id)],
        feed=feed,
        few=_FEW,
    )


def _is_open(meeting: MeetingView) -> bool:
    return meeting.state is MeetingState.PLANNED


def _others(visible: Sequence[MeetingView], own: Sequence[MeetingView]) -> list[MeetingView]:
    mine = {meeting.id for meeting in own}
    planned = (each for each in visible if each.state is MeetingState.PLANNED)
    return [meeting for meeting in planned if meeting.id not in mine]
