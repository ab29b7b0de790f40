"""A plan in the making: who is committed where, and whether one commitment more would fit."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from solver.derive import Derived, Month, Week

Count = tuple[str, str, Week | Month]


class Roster:
    """Everybody's commitments so far; looks at `one_place` and `limits`, not at `available`."""

    def __init__(self, derived: Derived) -> None:
        self._derived = derived
        self._commitments: dict[str, list[tuple[int, int, tuple[str, int]]]] = defaultdict(list)
        self._counts: Counter[Count] = Counter()
        self.loads: Counter[str] = Counter()
        places = derived.problem.places
        self._furthest = max((derived.travel(a, b) for a in places for b in places), default=0)

    def is_free(self, meeting: str, slot: int, person: str) -> bool:
        """Whether the commitment keeps clear of all that the person has."""
        time = self._derived.slot(meeting, slot)
        earliest, latest = time.start - self._furthest, time.end + self._furthest
        return not any(
            end > earliest
            and start < latest
            and self._derived.shortage(person, other, (meeting, slot)) > 0
            for start, end, other in self._commitments[person]
        )

    def can_attend(self, meeting: str, slot: int, person: str) -> bool:
        """Whether the attendance would fit the person's other commitments and limits."""
        return self.is_free(meeting, slot, person) and all(
            limit is None or self._counts[count] + amount <= limit
            for count, amount, limit in self._limited(meeting, slot, person)
        )

    def attend(self, meeting: str, slot: int, person: str) -> None:
        """Write an attendance down, whether it fits or not: a pinned one needn't."""
        self.stand_by(meeting, slot, person)
        load = self._derived.load(meeting, slot, person)
        self.loads[person] += load
        self.loads[self._derived.problem.representatives[person].organisation] += load
        for count, amount, _ in self._limited(meeting, slot, person):
            self._counts[count] += amount

    def stand_by(self, meeting: str, slot: int, person: str) -> None:
        """Write a deputyship down: it takes the time, and none of the limits."""
        time = self._derived.slot(meeting, slot)
        self._commitments[person].append((time.start, time.end, (meeting, slot)))

    def _limited(
        self, meeting: str, slot: int, person: str
    ) -> Iterator[tuple[Count, int, int | None]]:
        time = self._derived.slot(meeting, slot)
        limits = self._derived.problem.representatives[person].limits
        load = self._derived.load(meeting, slot, person)
        yield (person, "minutes", time.week), load, limits.minutes_per_week
        yield (person, "week", time.week), 1, limits.meetings_per_week
        yield (person, "month", time.month), 1, limits.meetings_per_month
        if time.office_minutes > 0:
            yield (person, "office week", time.week), 1, limits.office_hours_meetings_per_week
            yield (person, "office month", time.month), 1, limits.office_hours_meetings_per_month
