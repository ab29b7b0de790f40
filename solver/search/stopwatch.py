"""When to stop: the time limit, or somebody's word."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

POLL_SECONDS = 0.05


class Stopwatch:
    """Time since the start of a solve, and whether it has to end. Seconds of wall time."""

    def __init__(self, limit: float, should_stop: Callable[[], bool] | None) -> None:
        self._start = monotonic()
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

    @contextmanager
    def interrupting(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """While the block runs, call `interrupt` as soon as somebody says stop."""
        if self._should_stop is None:
            yield
            return
        done = Event()
        watcher = Thread(target=self._watch, args=(done, interrupt), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()

    def _watch(self, done: Event, interrupt: Callable[[], None]) -> None:
        while not done.wait(POLL_SECONDS):
            if self._said_stop():
                interrupt()

    def _said_stop(self) -> bool:
        if not self._stopped and self._should_stop is not None:
            self._stopped = self._should_stop()
        return self._stopped
