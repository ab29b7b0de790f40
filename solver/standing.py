"""How far each independent part of a problem is, and what that comes to for the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from solver.plan import TierScore
from solver.problem import Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How good a part was at first, is by now, and can be; in the policy's order of tiers.

    `bounds` hold for plans as good on the tiers before, `floors` for every valid plan. All of them
    are of the part alone.
    """

    first: tuple[int, ...]
    values: tuple[int, ...]
    bounds: tuple[int, ...]
    floors: tuple[int, ...]

    @property
    def is_proven(self) -> bool:
        """Whether nothing better exists."""
        return self.values == self.bounds


def scores(
    first: Mapping[Tier, int], standings: Sequence[Standing], parts: int
) -> tuple[TierScore, ...]:
    """Values and bounds of the whole: what it was worth at first, and what its parts have gained.

    There are so many `parts`; those without a standing are as they were at first.
    """
    values = [
        worth + sum(each.values[index] - each.first[index] for each in standings)
        for index, worth in enumerate(first.values())
    ]
    bounds = _bounds(tuple(first.values()), values, standings, parts)
    return tuple(
        TierScore(tier=tier, value=value, bound=bound)
        for tier, value, bound in zip(first, values, bounds, strict=True)
    )


def _bounds(
    first: Sequence[int], values: Sequence[int], standings: Sequence[Standing], parts: int
) -> Sequence[int | None]:
    """Sums of the parts' bounds, once all parts have them.

    Below a tier that isn't proven they are worth nothing to the whole: there another plan may be as
    good on it and share it out among the parts in another way.
    """
    if len(standings) < parts:
        return [None] * len(first)
    found: list[int] = []
    settled = True
    for index, (worth, value) in enumerate(zip(first, values, strict=True)):
        bounds = [each.bounds[index] if settled else each.floors[index] for each in standings]
        rest = worth - sum(each.first[index] for each in standings)
        found.append(rest + sum(bounds))
        settled = parts == 1 or (settled and found[-1] == value)
    return found
