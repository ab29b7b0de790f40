"""Whether everybody who is pinned can be in one place at a time: an exact search of the open slots.

Meetings with pins are the unknowns, their open slots the values, and two values clash where
somebody is pinned at both meetings and can't be at both then.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from solver.derive import Derived
from solver.derive.clashes import clashes
from solver.problem import Pin

Choice = tuple[str, int]
Conflicts = Mapping[Choice, frozenset[Choice]]
Domains = dict[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Unseatable:
    """Meetings that nobody's choice of slots reconciles; `representative` where it's one person."""

    meetings: tuple[str, ...]
    representative: str | None = None

    def concerns(self, pin: Pin) -> bool:
        """Whether a pin is one of those that can't all be kept."""
        return pin.meeting in self.meetings and self.representative in {None, pin.representative}


def unseatable(derived: Derived) -> Iterator[Unseatable]:
    """The pairs and groups of pinned meetings that can't all be kept; none if pins can be."""
    domains = {meeting: frozenset(derived.open_slots(meeting)) for meeting in derived.pinned}
    hopeless: set[str] = set()
    clashing: defaultdict[Choice, set[Choice]] = defaultdict(set)
    for representative, meetings in _agendas(derived).items():
        for pair, combinations in _clashes_of(derived, representative, meetings).items():
            if len(combinations) == len(domains[pair[0]]) * len(domains[pair[1]]):
                hopeless.update(pair)
                yield Unseatable(pair, representative)
            for one, other in combinations:
                clashing[one].add(other)
                clashing[other].add(one)
    known = {choice: frozenset(others) for choice, others in clashing.items()}
    for group in _groups(known):
        if hopeless.isdisjoint(group) and not _can_be_settled(group, domains, known):
            yield Unseatable(group)


def _agendas(derived: Derived) -> dict[str, list[str]]:
    agendas: dict[str, list[str]] = {}
    for meeting, people in derived.pinned.items():
        for representative in sorted(people):
            agendas.setdefault(representative, []).append(meeting)
    return agendas


def _clashes_of(
    derived: Derived, representative: str, meetings: list[str]
) -> dict[tuple[str, str], list[tuple[Choice, Choice]]]:
    """Per pair of somebody's meetings, in the order of the pins: the slots that clash."""
    rank = {meeting: index for index, meeting in enumerate(meetings)}
    choices = [(meeting, slot) for meeting in meetings for slot in derived.open_slots(meeting)]
    found: dict[tuple[str, str], list[tuple[Choice, Choice]]] = {}
    for pair in clashes(derived, representative, choices):
        one, other = sorted(pair, key=lambda choice: rank[choice[0]])
        found.setdefault((one[0], other[0]), []).append((one, other))
    return found


def _groups(conflicts: Conflicts) -> Iterator[tuple[str, ...]]:
    """Meetings that hang together by clashes, group by group."""
    neighbours: defaultdict[str, set[str]] = defaultdict(set)
    for (meeting, _), others in conflicts.items():
        neighbours[meeting].update(other for other, _ in others)
    seen: set[str] = set()
    for start in neighbours:
        group: list[str] = []
        waiting = [start]
        while waiting:
            meeting = waiting.pop()
            if meeting not in seen:
                seen.add(meeting)
                group.append(meeting)
                waiting.extend(neighbours[meeting])
        if group:
            yield tuple(sorted(group))


def _can_be_settled(group: tuple[str, ...], domains: Domains, conflicts: Conflicts) -> bool:
    """Depth-first over the slots of the meeting with fewest left; a stack, for long chains."""
    waiting = [{meeting: domains[meeting] for meeting in group}]
    while waiting:
        state = _narrowed(waiting.pop(), conflicts)
        if state is None:
            continue
        undecided = [meeting for meeting in group if len(state[meeting]) > 1]
        if not undecided:
            return True
        meeting = min(undecided, key=lambda name: len(state[name]))
        slots = sorted(state[meeting], reverse=True)
        waiting.extend({**state, meeting: frozenset({slot})} for slot in slots)
    return False


def _narrowed(state: Domains, conflicts: Conflicts) -> Domains | None:
    """Take away what clashes with settled meetings, and settle what clashes with nothing left.

    None where a meeting is left without a slot.
    """
    settled = [meeting for meeting, slots in state.items() if len(slots) == 1]
    while settled:
        meeting = settled.pop()
        (slot,) = state[meeting]
        for other, taken in conflicts.get((meeting, slot), ()):
            if taken in state[other]:
                state[other] -= {taken}
                if not state[other]:
                    return None
                if len(state[other]) == 1:
                    settled.append(other)
    for meeting, slots in state.items():
        if len(slots) > 1:
            state[meeting] = _free_slot(meeting, slots, state, conflicts)
    return state


def _free_slot(
    meeting: str, slots: frozenset[int], state: Domains, conflicts: Conflicts
) -> frozenset[int]:
    for slot in sorted(slots):
        rivals = conflicts.get((meeting, slot), ())
        if all(taken not in state[other] for other, taken in rivals):
            return frozenset({slot})
    return slots
