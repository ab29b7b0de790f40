"""Sealing the log, minute by minute."""

from collections.abc import Callable
from datetime import datetime

from scheduler.db.engine import Database
from scheduler.domain.secrets import SecretKey
from scheduler.flows.audit_trail import seal_audits
from scheduler.jobs.rounds import Round

_EVERY_SECONDS = 60


def audit_round(database: Database, key: SecretKey, clock: Callable[[], datetime]) -> Round:
    """What was done since the last round gets its link in the chain."""

    def seal(_should_stop: Callable[[], bool]) -> None:
        with database.session() as session:
            seal_audits(session, key, at=clock())

    return Round("log", _EVERY_SECONDS, seal)
