"""The round past calendars elsewhere; what is due, and when again, stands in their rows."""

from collections.abc import Callable

from scheduler.flows.outside import Means, sync_calendars
from scheduler.jobs.rounds import Round
from scheduler.logs import log

_SECONDS = 5
"""A published change is under way to outside accounts within this time."""


def calendar_round(means: Means) -> Round:
    """Visits what is due; the log gets a line for what failed, without address or words."""

    def work(should_stop: Callable[[], bool]) -> None:
        for result in sync_calendars(means, should_stop=should_stop):
            if not result.is_done:
                log.warning("calendar %s (%s) is not up to date", result.calendar_id, result.use)

    return Round("calendars", _SECONDS, work)
