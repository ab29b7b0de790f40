"""Waiting for a database that is away for a moment, with something in hand that took long."""

import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import InterfaceError, OperationalError

from scheduler.logs import log, where

T = TypeVar("T")

AWAY = (OperationalError, InterfaceError)
"""What a database raises that is restarted, unreachable, or busy with somebody else."""

_SECONDS = 60.0
_LONGEST_WAIT = 5.0


def patiently(work: Callable[[], T]) -> T:
    """Do it, and again while the database is away, for a minute at most.

    `work` opens a session of its own, so that it starts from nothing each time.

    Raises:
        OperationalError: the database stayed away.
    """
    until, wait = time.monotonic() + _SECONDS, 0.2
    while True:
        try:
            return work()
        except AWAY as error:
            if time.monotonic() + wait > until:
                raise
            log.warning("the database is away: %s", where(error))
            time.sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)
