"""A representative's first page: what we wait for, what is next, what they owe, and the rest."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Response

from scheduler.db import people, published
from scheduler.db.answers import own_answers
from scheduler.db.stand_ins import asked_of
from scheduler.db.views import FeedView, MeetingView
from scheduler.domain.access import SYSTEM
from scheduler.domain.links import Links
from scheduler.domain.terms import Choice, MeetingState
from scheduler.flows.attending.mailed_links import stand_in_link
from scheduler.flows.feeds.addresses import feeds_of
from scheduler.web.coming import coming, people_at, shadows_at
from scheduler.web.context import Visit
from scheduler.web.owed import Duty, Own, owed
from scheduler.web.rendering import language_of, page
from scheduler.web.words.terms import Words

_MOST, _FEW = 20, 3


def own_start(visit: Visit, person: str) -> Response:
    """The page; the caller has judged whose it is."""
    visible = coming(visit, cancelled=True)
    own = _own(visit, person, visible)
    duties = owed(own)
    first_of = {each.duty: each for each in reversed(duties)}
    answer, report = first_of.get(Duty.ANSWER), first_of.get(Duty.REPORT)
    noes = [each for each in own.meetings if _is_refused(own, each)]
    going = [each for each in own.meetings if each not in noes]
    first = next((each for each in going if each.state is MeetingState.PLANNED), None)
    me = people.representative(visit.session, visit.who, person)
    return page(
        visit,
        "representative_start.html",
        tab="nu",
        me=me,
        next=first,
        said=own.said,
        asked=_asked(visit, person),
        question=answer.meeting if answer else None,
        to_tell=report,
        owed=[each for each in duties if each not in (answer, report)],
        noes=noes,
        later=[each for each in going if each is not first][:_MOST],
        more=len(going) - 1 > _MOST,
        others=_others(visible, own.meetings),
        spoken=lambda meeting: [each.name for each in meeting.spoken_for(me.organisation.id)],
        feed=_feed(visit),
        few=_FEW,
    )


def _own(visit: Visit, person: str, visible: Sequence[MeetingView]) -> Own:
    return Own(
        visit=visit,
        words=Words(language_of(visit.request), visit.today),
        person=person,
        meetings=tuple(each for each in visible if person in (*people_at(each), *shadows_at(each))),
        concerning=tuple(visible),
        said=own_answers(visit.session, visit.who, person),
    )


def _is_refused(own: Own, meeting: MeetingView) -> bool:
    """Whether they said no to it, and could still go after all."""
    said = own.said.get(meeting.id)
    is_no = said is not None and said.choice is Choice.NO
    return is_no and meeting.state is MeetingState.PLANNED and meeting.starts_at > own.visit.at


@dataclass(frozen=True, slots=True)
class AskedToStandIn:
    """Whose place somebody is asked to take, at which meeting, and where to say so."""

    who: str
    meeting: MeetingView
    address: str


def _asked(visit: Visit, person: str) -> list[AskedToStandIn]:
    links = Links(visit.context.key)
    return [
        AskedToStandIn(
            each.who.name,
            published.published_meeting(visit.session, SYSTEM, each.meeting_id),
            stand_in_link(links, "", each.id, person),
        )
        for each in asked_of(visit.session, visit.who, at=visit.at)
    ]


def _others(visible: Sequence[MeetingView], own: Sequence[MeetingView]) -> list[MeetingView]:
    mine = {meeting.id for meeting in own}
    planned = (each for each in visible if each.state is MeetingState.PLANNED)
    return [meeting for meeting in planned if meeting.id not in mine]


def _feed(visit: Visit) -> FeedView:
    context = visit.context
    return feeds_of(visit.session, visit.who, context.key, context.base_url, at=visit.at)[0]
