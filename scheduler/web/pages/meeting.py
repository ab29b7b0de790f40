"""One meeting: who comes, on whose behalf, where, and what that is to the visitor."""

from typing import Any

from fastapi import APIRouter, Response

from scheduler.db import agenda, people, published, reports, stand_ins
from scheduler.db.answers import answers_to, taken_out
from scheduler.db.input import asked_at_meetings, carries
from scheduler.db.requests import papers_of_meeting
from scheduler.db.stand_ins import StandInView
from scheduler.db.views import MeetingView, Named, RepresentativeView
from scheduler.db.votes import votes_at
from scheduler.domain.errors import NotAllowed, NotFound
from scheduler.domain.terms import MeetingState, Role
from scheduler.flows.agenda.items import may_write
from scheduler.flows.attending.own_part import OwnState, own_part
from scheduler.flows.mandates.uses import lapses
from scheduler.flows.report_back.write import to_report
from scheduler.flows.voting import votable
from scheduler.web.coming import people_at
from scheduler.web.context import SignedIn, Visit
from scheduler.web.rendering import page

router = APIRouter()


@router.get("/overleg/{meeting_id}")
def meeting(visit: SignedIn, meeting_id: str) -> Response:
    """The meeting's page; a meeting that isn't the visitor's to see is as absent as no meeting."""
    found = published.published_meeting(visit.session, visit.who, meeting_id)
    papers, files = papers_of_meeting(visit.session, visit.who, meeting_id)
    return page(
        visit,
        "meeting.html",
        tab="rooster",
        m=found,
        links_municipality=visit.who.role is not Role.REPRESENTATIVE,
        publication=published.latest_publication(visit.session),
        asked=_asked(visit, found),
        request=_request(visit, meeting_id),
        answers=answers_to(visit.session, visit.who, meeting_id),
        out=taken_out(visit.session, visit.who),
        papers=papers,
        files=files,
        **_votes(visit, found),
        table_id=people.table_of(visit.session, visit.who, meeting_id),
        open=found.starts_at > visit.at and found.state is MeetingState.PLANNED,
        everyone=_everyone(visit, found),
        items=agenda.agenda_of(visit.session, visit.who, meeting_id),
        may_write=may_write(visit.who, found),
        **_input(visit, found),
        lapsed=lapses(visit.session, [found], at=visit.at).get(found.id, ()),
        report=_report(visit, found),
        **_to_me(visit, found),
    )


def _votes(visit: Visit, meeting: MeetingView) -> dict[str, Any]:
    """The votes here, and whether one can be opened; a body that asks for tenants sees none."""
    if visit.who.asks:
        return {"votes": (), "can_open": False}
    return {
        "votes": votes_at(visit.session, visit.who, meeting.id),
        "can_open": bool(votable(visit.session, visit.who, meeting)),
    }


def _report(visit: Visit, meeting: MeetingView) -> str:
    """Whether there is a report to read here, or to write."""
    session, who = visit.session, visit.who
    reads = reports.reads_whole(session, who, meeting) or reports.reads_short(session, who, meeting)
    if reads and reports.reported_meetings(session, [meeting.id]):
        return "told"
    try:
        to_report(session, who, meeting.id, at=visit.at)
    except (NotAllowed, NotFound):
        return ""
    return "to tell"


def _to_me(visit: Visit, meeting: MeetingView) -> dict[str, Any]:
    """What the meeting is to a visiting representative: a part in it, or somebody who speaks."""
    me = _me(visit)
    deputy = [meeting.deputy] if meeting.deputy else []
    everybody = [*meeting.attendees, *deputy, *meeting.shadows]
    own = next((each for each in everybody if me and each.representative_id == me.id), None)
    voices = (each for each in meeting.voices if me and each.organisation == me.organisation)
    return {
        "part": own.part if own else None,
        "online": own.online if own else False,
        "spoken": [each.name for each in meeting.spoken_for(me.organisation.id)] if me else [],
        "own_voice": next(voices, None),
    }


def _input(visit: Visit, meeting: MeetingView) -> dict[str, Any]:
    """Until when input is asked, and whether the visitor gives it, or may read everybody's."""
    days = visit.context.settings.feeds.input_days
    asked = asked_at_meetings(visit.session, visit.who, [meeting], days).get(meeting.id)
    own = people.organisation_of(visit.session, visit.who)
    concerned = any(voice.organisation.id == own for voice in meeting.voices)
    reads = visit.who.sees_all or concerned or carries(meeting, visit.who)
    return {
        "asked_input": asked,
        "gives": asked is not None and concerned,
        "brings": asked is not None and reads,
    }


def _everyone(visit: Visit, meeting: MeetingView) -> tuple[Named, ...]:
    """Who could still be asked to come along, for who plans for all."""
    if not visit.who.sees_all:
        return ()
    there = {*people_at(meeting), *(each.representative_id for each in meeting.shadows)}
    everyone = people.who_is_where(visit.session, visit.who)
    return tuple(each for each in everyone if each.id not in there)


def _asked(visit: Visit, meeting: MeetingView) -> OwnState | None:
    """How it stands in the visitor's own calendar, where the visitor is asked to it."""
    subject = visit.who.subject
    if visit.who.role is not Role.REPRESENTATIVE or subject not in people_at(meeting):
        return None
    return own_part(visit.session, subject or "", meeting)


def _request(visit: Visit, meeting_id: str) -> StandInView | None:
    """Whom the visitor asked last to go instead, and who did."""
    subject = visit.who.subject
    if visit.who.role is not Role.REPRESENTATIVE or subject is None:
        return None
    return stand_ins.newest_of(visit.session, visit.who, subject, meeting_id)


def _me(visit: Visit) -> RepresentativeView | None:
    if visit.who.role is not Role.REPRESENTATIVE or visit.who.subject is None:
        return None
    return people.representative(visit.session, visit.who, visit.who.subject)
