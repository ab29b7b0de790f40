"""Whether a representative is free for a slot, and by how much not (section 4, `available`)."""

from bisect import bisect_left
from collections.abc import Iterator

from solver.derive.clock import LocalClock, minutes_of
from solver.derive.obstacles import Cause, Obstacle
from solver.derive.slots import SlotTime
from solver.problem import Representative


class Diary:
    """One representative's windows and busy times, in UTC minutes and in order."""

    def __init__(self, representative: Representative, clock: LocalClock) -> None:
        self._windows = representative.availability
        self._clock = clock
        self._busy = sorted(
            (minutes_of(span.start), minutes_of(span.end)) for span in representative.busy
        )
        self._starts = [start for start, _ in self._busy]
        self._longest = max((end - start for start, end in self._busy), default=0)

    def obstacles(self, slot: SlotTime) -> Iterator[Obstacle]:
        """Everything of the diary that a slot runs into."""
        short = self._outside(slot)
        if short != 0:
            yield Obstacle(cause=Cause.OUTSIDE_AVAILABILITY, minutes=short)
        for start, end in self._overlapping(slot):
            minutes = min(end, slot.end) - max(start, slot.start)
            yield Obstacle(cause=Cause.BUSY, minutes=minutes, start=start, end=end)

    def is_free(self, slot: SlotTime) -> bool:
        """Whether the slot fits a window and touches no busy time."""
        return self._outside(slot) == 0 and next(self._overlapping(slot), None) is None

    def _outside(self, slot: SlotTime) -> int | None:
        """Minutes outside the window nearest to fitting; None where that day has no window."""
        if self._windows is None:
            return 0
        weekday = slot.day.isoweekday()
        short = (
            max(0, self._clock.minutes_at(slot.day, window.start) - slot.start)
            + max(0, slot.end - self._clock.minutes_at(slot.day, window.end))
            for window in self._windows
            if weekday in window.weekdays
        )
        return min(short, default=None)

    def _overlapping(self, slot: SlotTime) -> Iterator[tuple[int, int]]:
        # Nothing that starts longer before the slot than the longest busy time can reach it.
        first = bisect_left(self._starts, slot.start - self._longest)
        for start, end in self._busy[first : bisect_left(self._starts, slot.end)]:
            if end > slot.start:
                yield start, end
