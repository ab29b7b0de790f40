"""Meetings about which the person's organisation has said nothing yet."""

from collections.abc import Iterator

from scheduler.db import people
from scheduler.web.languages import mark
from scheduler.web.owed.thing import Duty, Owed, Own
from scheduler.web.waiting import waiting

_SAY = mark("Zeg wat u vindt")


def unsaid(own: Own) -> Iterator[Owed]:
    """One for each meeting that has an agenda and waits for the organisation's input."""
    organisation = people.organisation_of(own.visit.session, own.visit.who) or ""
    for each in waiting(own.visit, organisation, own.concerning):
        yield Owed(
            duty=Duty.INPUT,
            kind=own.words.text(_SAY),
            meeting=each.meeting,
            until=each.asked.last_day,
            address=f"/overleg/{each.meeting.id}/onze-inbreng",
        )
