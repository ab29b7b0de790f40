"""Reading repeating busy time on, as the days go by."""

from collections.abc import Callable
from datetime import datetime

from scheduler.db.engine import Database
from scheduler.domain.sealing import Seal
from scheduler.flows.attending.own_busy import read_on
from scheduler.jobs.rounds import Round

_EVERY_SECONDS = 12 * 3600


def busy_round(database: Database, seal: Seal, clock: Callable[[], datetime]) -> Round:
    """What people wrote into their own calendar as repeating is read on, twice a day."""

    def read(_should_stop: Callable[[], bool]) -> None:
        with database.session() as session:
            read_on(session, seal=seal, at=clock())

    return Round("busy-time", _EVERY_SECONDS, read)
