"""Invitations that wait for a yes or a no."""

from collections.abc import Iterator

from scheduler.domain.terms import MeetingState
from scheduler.domain.times import local
from scheduler.web.coming import people_at
from scheduler.web.languages import mark
from scheduler.web.owed.thing import Duty, Owed, Own

_ANSWER = mark("Zeg of u gaat")


def unanswered(own: Own) -> Iterator[Owed]:
    """One for each meeting to which the person is asked and hasn't answered."""
    for meeting in own.meetings:
        is_asked = meeting.state is MeetingState.PLANNED and own.person in people_at(meeting)
        if is_asked and meeting.id not in own.said:
            yield Owed(
                duty=Duty.ANSWER,
                kind=own.words.text(_ANSWER),
                meeting=meeting,
                until=local(meeting.starts_at).date(),
                address=f"/overleg/{meeting.id}",
            )
