"""How many requests are at work in the database at once; the others wait their turn.

A request holds its connection from its first question to its commit, also while it waits for a
thread. Without a bound many together take every connection, and every thread waits for one that
none of them can give back (measured: with forty at once, nothing for thirty seconds). More than a
few at once aren't quicker either: they share one interpreter.
"""

import asyncio
from weakref import WeakKeyDictionary

AT_ONCE = 8
"""Well below the fifteen connections that a process may have open."""


class Turns:
    """First come, first served, in each event loop."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        """Let so many work at once."""
        self._at_once = at_once
        self._here: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore]
        self._here = WeakKeyDictionary()

    def turn(self) -> asyncio.Semaphore:
        """To be entered by `async with`, for as long as one works."""
        loop = asyncio.get_running_loop()
        if loop not in self._here:
            self._here[loop] = asyncio.Semaphore(self._at_once)
        return self._here[loop]
