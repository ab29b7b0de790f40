"""Which of somebody's commitments can't both be kept (section 4, `one_place`)."""

from collections.abc import Iterable, Iterator
from itertools import permutations

from solver.derive.derived import Derived

Commitment = tuple[str, int]


def clashes(
    derived: Derived, representative: str, commitments: Iterable[Commitment]
) -> Iterator[tuple[Commitment, Commitment]]:
    """Pairs (earlier, later) of meetings in slots between which the way is too long or no time.

    All pairs, not just neighbours; two slots of one meeting are no pair. Where both start at once,
    the one given first counts as the earlier.
    """
    for earlier, later in within_reach(derived, representative, commitments):
        if earlier[0] != later[0] and derived.shortage(representative, earlier, later) > 0:
            yield earlier, later


def within_reach(
    derived: Derived, representative: str, commitments: Iterable[Commitment]
) -> Iterator[tuple[Commitment, Commitment]]:
    """Pairs (earlier, later) so near in time that the longest way could make them clash."""
    queue = sorted(commitments, key=lambda commitment: derived.slot(*commitment).start)
    longest = _longest_way(derived, representative, queue)
    for index, earlier in enumerate(queue):
        reach = derived.slot(*earlier).end + longest
        for later in queue[index + 1 :]:
            if derived.slot(*later).start >= reach:
                break
            yield earlier, later


def _longest_way(derived: Derived, representative: str, commitments: list[Commitment]) -> int:
    places = {derived.location(meeting, representative) for meeting, _ in commitments}
    return max((derived.travel(*way) for way in permutations(places, 2)), default=0)
