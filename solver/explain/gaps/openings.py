"""The smallest sets of changes that would close a gap, fewest changes first."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from solver.explain.gaps.data import by_data
from solver.explain.gaps.gap import Gap, Opening
from solver.explain.gaps.people import by_people
from solver.explain.gaps.scenes import Scene
from solver.explain.gaps.speaking import by_speaking
from solver.explain.gaps.telling import Found, opening
from solver.position import Position

MOST = 6
"""How many openings one gap is given."""


def openings(position: Position, gap: Gap, scenes: Iterable[Scene]) -> tuple[Opening, ...]:
    """Sets of changes that would close a gap, none of which holds another; not verified yet.

    `scenes` are those of the gap's meeting: make them once for all its gaps.

    The smallest come first, and of one size those of different kinds before more of one kind.
    """
    found = chain(by_people(scenes, gap), by_speaking(position, gap), by_data(position, gap))
    chosen = islice(_mixed(_smallest(found)), MOST)
    return tuple(opening(position.problem, gap, one) for one in chosen)


def _smallest(found: Iterable[Found]) -> list[Found]:
    smallest: list[Found] = []
    for one in sorted(found, key=lambda one: len(one.changes)):
        changes = frozenset(one.changes)
        if not any(changes.issuperset(other.changes) for other in smallest):
            smallest.append(one)
    return smallest


def _mixed(by_size: Iterable[Found]) -> Iterator[Found]:
    """The same in another order: of each size, the first of every kind, then the seconds."""
    met: Counter[tuple[str, ...]] = Counter()
    ranked = []
    for one in by_size:
        kind = tuple(sorted(type(change).__name__ for change in one.changes))
        ranked.append((len(one.changes), met[kind], one))
        met[kind] += 1
    for _, _, one in sorted(ranked, key=lambda entry: entry[:2]):
        yield one
