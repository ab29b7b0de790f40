"""Whose turn it is to solve, where several provinces share one process."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_LOOK_SECONDS = 0.2


class Turns:
    """So many at once, in the order of asking.

    Who has had a turn asks again at the end of the queue: one province's long list of plans never
    keeps another's one plan waiting for more than the solve that is going on.
    """

    def __init__(self, at_once: int) -> None:
        """`at_once` turns can be had at the same time; at least one."""
        self._free = max(1, at_once)
        self._waiting: deque[object] = deque()
        self._changed = threading.Condition()

    @contextmanager
    def turn(self, should_stop: Callable[[], bool]) -> Iterator[bool]:
        """Wait for a turn and hold it while the block lasts; False where it was stopped before."""
        if not self._wait(should_stop):
            yield False
            return
        try:
            yield True
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()

    def _wait(self, should_stop: Callable[[], bool]) -> bool:
        ticket = object()
        with self._changed:
            self._waiting.append(ticket)
            while not (self._free and self._waiting[0] is ticket):
                if should_stop():
                    self._waiting.remove(ticket)
                    self._changed.notify_all()
                    return False
                self._changed.wait(_LOOK_SECONDS)
            self._waiting.popleft()
            self._free -= 1
            self._changed.notify_all()
        return True
