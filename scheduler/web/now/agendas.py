"""Meetings about which nobody can be asked, as they have no agenda, when the last day nears."""

from collections.abc import Iterator
from datetime import timedelta

from scheduler.db import agenda, published
from scheduler.db.input import asked_at_meetings
from scheduler.db.views import MeetingFilter
from scheduler.domain.terms import MeetingState
from scheduler.web.languages import mark
from scheduler.web.now.line import Desk, Line, Link, Urgency

_NEAR = timedelta(days=14)
_KIND = mark("Nog geen agenda")
_TITLE = mark("Waar gaat het over? %(title)s, %(day)s")
_DETAIL = mark("Zonder agenda wordt niemand om inbreng gevraagd. De laatste dag is %(last)s.")
_WRITE = mark("Schrijf de agenda")


def unwritten(desk: Desk) -> Iterator[Line]:
    """A line for each meeting that asks for input within two weeks and has no agenda."""
    visit, words = desk.visit, desk.words
    days = visit.context.settings.feeds.input_days
    ahead = published.published_meetings(
        visit.session, visit.who, MeetingFilter(first_day=desk.today)
    )
    asked = asked_at_meetings(visit.session, visit.who, ahead, days)
    for meeting in ahead:
        last = asked[meeting.id].last_day if meeting.id in asked else None
        is_on = meeting.state is MeetingState.PLANNED and meeting.voices
        if not is_on or last is None or not desk.today <= last <= desk.today + _NEAR:
            continue
        if agenda.agenda_of(visit.session, visit.who, meeting.id):
            continue
        yield Line(
            urgency=Urgency.WATCH,
            day=last,
            tone="wait",
            icon="wait",
            kind=words.text(_KIND),
            when=desk.away(last),
            title=words.text(_TITLE, title=meeting.title, day=words.day(meeting.starts_at)),
            detail=words.text(_DETAIL, last=words.day(last)),
            link=Link(f"/overleg/{meeting.id}/agenda", words.text(_WRITE)),
        )
