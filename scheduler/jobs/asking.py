"""Asking organisations for their input, and reminding them, as the days go by."""

from collections.abc import Callable
from datetime import datetime

from scheduler.db.engine import Database
from scheduler.domain.access import SYSTEM
from scheduler.flows.input.ask import Asking, queue_input_mail
from scheduler.jobs.rounds import Round
from scheduler.settings import Settings

_EVERY_SECONDS = 900


def input_round(settings: Settings, database: Database, clock: Callable[[], datetime]) -> Round:
    """Put into the outbox what is due, four times an hour."""
    asking = Asking(settings.input, settings.feeds.input_days)

    def ask(_should_stop: Callable[[], bool]) -> None:
        with database.session() as session:
            queue_input_mail(session, SYSTEM, asking, at=clock())

    return Round("input", _EVERY_SECONDS, ask)
