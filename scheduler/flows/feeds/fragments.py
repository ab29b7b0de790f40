"""Written-out events, kept so that a change costs only what it changed."""

from threading import Lock

from cachetools import LRUCache

from calendars.account import Additions
from calendars.entry import Entry

_KEPT = 100_000
_NOTHING = Additions()


class Fragments:
    """One process's VEVENTs, by all that they are made of: meeting, audience and revision.

    An entry that says the same gives the same bytes, so nothing in here ever has to be withdrawn.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: LRUCache[tuple[Entry, Additions], bytes] = LRUCache(_KEPT)

    def of(self, entry: Entry, additions: Additions = _NOTHING) -> bytes:
        """The entry's VEVENT, with what its owner added."""
        key = (entry, additions)
        with self._lock:
            kept = self._kept.get(key)
        if kept is None:
            kept = additions.shown_with(entry)
            with self._lock:
                self._kept[key] = kept
        return kept
