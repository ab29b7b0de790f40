"""A bound on the time of one series, so that a bad one is named instead of ending the reading."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ONE = 0.5
_ALL = 2.0


class TimeIsUp(Exception):
    """The allowed processor time is over."""


class Stopwatch:
    """Half a second of processor time for one stretch of work, two for all of them together.

    Works in the main thread of a process of its own: it uses the process's alarm.
    """

    def __init__(self) -> None:
        self._left = _ALL

    @contextmanager
    def running(self) -> Iterator[None]:
        """Raise TimeIsUp in the block when its time is over."""
        if self._left <= 0:
            raise TimeIsUp
        allowed = min(_ONE, self._left)
        before = signal.signal(signal.SIGPROF, _ring)
        signal.setitimer(signal.ITIMER_PROF, allowed)
        try:
            yield
        finally:
            left, _ = signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)
            self._left -= allowed - left


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise TimeIsUp
