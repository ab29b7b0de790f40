"""When to stop: the time limit, or somebody's word."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

POLL_SECONDS = 0.05

TELLING_SECONDS = 1.0
"""From then on it can be told how much of a core was given; systems count in hundredths."""


class Stopwatch:
    """Time since the start of a solve, and whether it has to end. Seconds of wall time."""

    def __init__(self, limit: float, should_stop: Callable[[], bool] | None = None) -> None:
        self._start = monotonic()
        self._worked = _processor_seconds()
        self._limit = limit
        self._should_stop = should_stop
        self._stopped = False

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return monotonic() - self._start

    @property
    def left(self) -> float:
        """Seconds until the limit, never below 0; 0 once somebody said stop."""
        return 0.0 if self._said_stop() else max(0.0, self._limit - self.seconds)

    @property
    def processor_left(self) -> float:
        """Seconds of one core until the limit, if it is given as much of one as so far.

        In the first second that can't be told yet: then it is all the time there is.
        """
        spent = self.seconds
        if spent < TELLING_SECONDS:
            return self.left
        given = (_processor_seconds() - self._worked) / spent
        return min(1.0, given) * self.left

    def lasting(self, seconds: float) -> "Stopwatch":
        """The same time, that ends after so many seconds from now if not before."""
        end = self.seconds + seconds
        return self._other(min(self._limit, end), self._said_stop)

    def narrowed(self, should_stop: Callable[[], bool]) -> "Stopwatch":
        """The same time, that ends as well once a second voice says stop."""
        return self._other(self._limit, lambda: should_stop() or self._said_stop())

    def _other(self, limit: float, should_stop: Callable[[], bool]) -> "Stopwatch":
        other = Stopwatch(limit, should_stop)
        other._start, other._worked = self._start, self._worked
        return other

    @contextmanager
    def interrupting(self, interrupt: Callable[[], object]) -> Iterator[None]:
        """While the block runs, call `interrupt` as soon as the time is over."""
        done = Event()
        watcher = Thread(target=self._watch, args=(done, interrupt), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()

    def _watch(self, done: Event, interrupt: Callable[[], object]) -> None:
        while not done.wait(POLL_SECONDS):
            if self.left == 0:
                interrupt()

    def _said_stop(self) -> bool:
        if not self._stopped and self._should_stop is not None:
            self._stopped = self._should_stop()
        return self._stopped


def _processor_seconds() -> float:
    """What the processor gave to this process and to those of its children that have ended."""
    given = os.times()
    return given.user + given.system + given.children_user + given.children_system
