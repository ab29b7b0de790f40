"""What an organisation is asked for now, on the start pages of its people."""

from collections.abc import Iterable

from scheduler.db.views import MeetingView
from scheduler.flows.input.waiting import Waiting, waiting_for
from scheduler.web.context import Visit


def waiting(
    visit: Visit, organisation_id: str, meetings: Iterable[MeetingView]
) -> tuple[Waiting, ...]:
    """The meetings that wait for the organisation's input, the first last day first."""
    days = visit.context.settings.feeds.input_days
    return waiting_for(visit.session, visit.who, organisation_id, meetings, days, at=visit.at)
