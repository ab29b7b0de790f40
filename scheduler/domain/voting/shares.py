"""A whole number shared out in whole numbers, so that the parts add up to it exactly."""

from collections.abc import Mapping


def shares(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """A total in proportion to weights, by the method of the largest remainder.

    Nobody gets more than a unit away from the exact share. What is left goes to the largest
    remainders; of equal ones to the heaviest weight, then to the first name: so the order in which
    the weights are given never matters. Without any weight nobody gets anything.

    Raises:
        ValueError: the total or a weight is below zero.
    """
    if total < 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError("a total and weights of zero or more")
    whole = sum(weights.values())
    if whole == 0:
        return dict.fromkeys(weights, 0)
    parts = {name: total * weight // whole for name, weight in weights.items()}
    left = total - sum(parts.values())
    first = sorted(
        weights, key=lambda name: (-(total * weights[name] % whole), -weights[name], name)
    )
    for name in first[:left]:
        parts[name] += 1
    return parts
