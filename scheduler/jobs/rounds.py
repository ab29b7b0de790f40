"""Everything that is looked after again and again, whoever does it: one clock, or many workers."""

from collections.abc import Callable
from dataclasses import dataclass

from scheduler.logs import log, where

ShouldStop = Callable[[], bool]
"""Asked between two pieces of work."""


@dataclass(frozen=True, slots=True)
class Round:
    """Something to look after every so many seconds; it asks `should_stop` between two pieces.

    `name` is what it is called in the log and among workers.
    """

    name: str
    seconds: float
    work: Callable[[ShouldStop], object]

    def go(self, should_stop: ShouldStop) -> None:
        """Do it once. What fails is logged: the next round comes all the same."""
        try:
            self.work(should_stop)
        except Exception as error:  # noqa: BLE001 - the next round comes all the same
            log.error("the round %s failed: %s", self.name, where(error))
