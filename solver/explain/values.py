"""What makes up a tier's value: its pieces by meeting, organisation, representative and region."""

from collections import Counter
from collections.abc import Iterable

from solver.position import Part, Position
from solver.problem import Tier


def parts_of_tier(position: Position, tier: Tier) -> tuple[Part, ...]:
    """The pieces of a tier's value that aren't 0, heaviest first; they add up to it exactly."""
    found = [part for part in position.parts() if part.tier is tier]
    return tuple(sorted(found, key=lambda part: -part.value))


def by_meeting(parts: Iterable[Part]) -> dict[str, int]:
    """What meetings bring to it, heaviest first; pieces that no single meeting brings left out."""
    return _added((part.meeting, part.value) for part in parts)


def by_organisation(parts: Iterable[Part]) -> dict[str, int]:
    """What organisations bring to it, heaviest first; pieces of no organisation left out."""
    return _added((part.organisation, part.value) for part in parts)


def by_representative(parts: Iterable[Part]) -> dict[str, int]:
    """What representatives bring to it, heaviest first; pieces of no representative left out."""
    return _added((part.representative, part.value) for part in parts)


def by_region(parts: Iterable[Part]) -> dict[str, int]:
    """What regions' shares bring to it, heaviest first; pieces of no region left out."""
    return _added((part.region, part.value) for part in parts)


def by_series(parts: Iterable[Part]) -> dict[str, int]:
    """What the tables as a whole bring to it, heaviest first; pieces of no series left out."""
    return _added((part.series, part.value) for part in parts)


def _added(pairs: Iterable[tuple[str | None, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for name, value in pairs:
        if name is not None:
            total[name] += value
    return dict(total.most_common())
