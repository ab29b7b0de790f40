"""The smallest sets of changes that would close a gap, fewest changes first."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from solver.explain.gaps.data import by_data
from solver.explain.gaps.gap import Gap, Opening
from solver.explain.gaps.people import by_people
from solver.explain.gaps.speaking import by_speaking
from solver.position import Position

MOST = 6
"""How many openings one gap is given."""


def openings(position: Position, gap: Gap) -> tuple[Opening, ...]:
    """Sets of changes that would close a gap, none of which holds another; not verified yet.

    The smallest come first, and of one size those of different kinds before more of one kind.
    """
    found = chain(by_people(position, gap), by_speaking(position, gap), by_data(position, gap))
    return tuple(_mixed(_smallest(found)))[:MOST]


def _smallest(found: Iterable[Opening]) -> list[Opening]:
    smallest: list[Opening] = []
    for opening in sorted(found, key=lambda one: len(one.changes)):
        changes = frozenset(opening.changes)
        if not any(changes.issuperset(other.changes) for other in smallest):
            smallest.append(opening)
    return smallest


def _mixed(openings_by_size: Iterable[Opening]) -> Iterator[Opening]:
    """The same in another order: of each size, the first of every kind, then the seconds."""
    met: Counter[tuple[str, ...]] = Counter()
    ranked = []
    for opening in openings_by_size:
        kind = tuple(sorted(type(change).__name__ for change in opening.changes))
        ranked.append((len(opening.changes), met[kind], opening))
        met[kind] += 1
    for _, _, opening in sorted(ranked, key=lambda entry: entry[:2]):
        yield opening
