"""Meetings of which the person still has to tell what was said."""

from collections.abc import Iterator

from scheduler.db import reports
from scheduler.flows.report_back.due import Terms
from scheduler.web.languages import mark
from scheduler.web.owed.thing import Duty, Owed, Own

_TELL = mark("Vertel wat er is besproken")


def untold(own: Own) -> Iterator[Owed]:
    """One for each meeting that they attended, and of which nobody has told."""
    visit = own.visit
    terms = Terms.of(visit.context.settings)
    since = terms.asked_since(visit.at)
    for meeting in reports.waiting_reports(visit.session, visit.who, since=since, at=visit.at):
        yield Owed(
            duty=Duty.REPORT,
            kind=own.words.text(_TELL),
            meeting=meeting,
            until=terms.last_day(meeting),
            address=f"/overleg/{meeting.id}/terugkoppeling/schrijven",
        )
