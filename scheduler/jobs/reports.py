"""Asking for report-backs, and the boards' digests: looked at every few minutes."""

from collections.abc import Callable
from datetime import datetime

from scheduler.db.engine import Database
from scheduler.domain.access import SYSTEM
from scheduler.domain.times import now
from scheduler.flows.digest.queue import queue_digests
from scheduler.flows.report_back.ask import queue_report_asks
from scheduler.flows.report_back.due import Terms
from scheduler.jobs.rounds import Round

REPORT_SECONDS = 300
"""How often it is looked whether somebody has to be asked or told."""


def report_round(database: Database, terms: Terms, *, clock: Callable[[], datetime] = now) -> Round:
    """What the clock does about reports; the mail itself goes with the outbox."""

    def look(_should_stop: Callable[[], bool]) -> None:
        with database.session() as session:
            queue_report_asks(session, SYSTEM, terms, at=clock())
            queue_digests(session, SYSTEM, at=clock())

    return Round("reports", REPORT_SECONDS, look)
