"""Taking away what has been kept long enough, hour by hour."""

from collections.abc import Callable
from datetime import datetime

from scheduler.db.engine import Database
from scheduler.domain.access import SYSTEM
from scheduler.domain.secrets import SecretKey
from scheduler.flows.privacy import tidy
from scheduler.jobs.rounds import Round
from scheduler.settings import Privacy

_EVERY_SECONDS = 3600


def privacy_round(
    database: Database, key: SecretKey, keep: Privacy, clock: Callable[[], datetime]
) -> Round:
    """What is kept longer than the settings allow goes."""

    def work(_should_stop: Callable[[], bool]) -> None:
        with database.session() as session:
            tidy(session, SYSTEM, key, keep, at=clock())

    return Round("privacy", _EVERY_SECONDS, work)
