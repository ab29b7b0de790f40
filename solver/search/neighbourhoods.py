"""Which meetings to think over again together, everything else staying as it is."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from random import Random

from solver.search.formulation import Formulation

SMALLEST, FIRST, LARGEST = 8, 12, 400


class Neighbourhoods:
    """Picks sets of meetings that have to do with each other; learns how large they should be."""

    def __init__(self, formulation: Formulation, seed: int) -> None:
        self._variables = formulation.variables
        self._random = Random(seed)  # noqa: S311 — repeatable on purpose
        self._size = FIRST
        self._by_time = self._in_order_of_time()
        self._by_person: dict[str, list[str]] = defaultdict(list)
        self._by_series: dict[str, list[str]] = defaultdict(list)
        for meeting in self._variables.meetings:
            for person in self._variables.attendees(meeting.id):
                self._by_person[person].append(meeting.id)
            self._by_series[meeting.series or meeting.id].append(meeting.id)
        self._kinds: Sequence[Callable[[], Iterable[str]]] = (
            self._window,
            self._of_two_people,
            self._of_tables,
        )

    def pick(self) -> frozenset[str]:
        """The meetings that are free to change this time."""
        kind = self._random.choice(self._kinds)
        return frozenset(self._at_most(list(kind())))

    def learn(self, *, proven: bool) -> None:
        """Larger where everything could be proven in time, smaller where not."""
        size = self._size * 1.1 if proven else self._size * 0.8
        self._size = min(LARGEST, max(SMALLEST, round(size)))

    def fixed(self, free: frozenset[str]) -> Iterable[int]:
        """The decisions about all other meetings."""
        for meeting in self._variables.meetings:
            if meeting.id not in free:
                yield from self._variables.decided(meeting.id)

    def _window(self) -> Sequence[str]:
        start = self._random.randrange(max(1, len(self._by_time) - self._size + 1))
        return self._by_time[start : start + self._size]

    def _of_two_people(self) -> Iterable[str]:
        people = list(self._by_person)
        chosen = self._random.sample(people, min(2, len(people)))
        return dict.fromkeys(name for person in chosen for name in self._by_person[person])

    def _of_tables(self) -> Iterable[str]:
        found: list[str] = []
        for name in self._random.sample(list(self._by_series), len(self._by_series)):
            found += self._by_series[name]
            if len(found) >= self._size:
                break
        return found

    def _at_most(self, meetings: Sequence[str]) -> Sequence[str]:
        if len(meetings) <= self._size:
            return meetings
        return self._random.sample(meetings, self._size)

    def _in_order_of_time(self) -> list[str]:
        starts = {m.id: m.slots[0].start for m in self._variables.meetings}
        return sorted(starts, key=starts.__getitem__)
