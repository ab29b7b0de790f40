"""How often one address may be read, so that a program gone wild doesn't slow everybody down."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from threading import Lock
from time import monotonic

from cachetools import LRUCache

_ADDRESSES_KEPT = 10_000


@dataclass(slots=True)
class _Purse:
    left: float
    at: float


class Pace:
    """A purse of requests per address, which fills up again with time; kept in this process."""

    def __init__(self, *, a_minute: int, clock: Callable[[], float] = monotonic) -> None:
        self._most = a_minute
        self._per_second = a_minute / 60
        self._clock = clock
        self._lock = Lock()
        self._purses: LRUCache[str, _Purse] = LRUCache(_ADDRESSES_KEPT)

    @property
    def most(self) -> int:
        """How many requests a full purse holds: as many as come back in a minute."""
        return self._most

    def left(self, address: str) -> int:
        """How many requests may follow at once."""
        with self._lock:
            purse = self._purses.get(address)
            return int(purse.left) if purse else self._most

    def seconds_to_wait(self, address: str) -> int:
        """0 for a request that may be answered, and counts; else whole seconds until one may."""
        now = self._clock()
        with self._lock:
            purse = self._purses.get(address) or _Purse(self._most, now)
            left = min(self._most, purse.left + (now - purse.at) * self._per_second)
            allowed = left >= 1
            self._purses[address] = _Purse(left - allowed, now)
        return 0 if allowed else ceil((1 - left) / self._per_second)
