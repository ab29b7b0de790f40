"""`one_place`: nobody is in two places at once, or between them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ortools.sat.python.cp_model import IntVar

from solver.derive import Derived
from solver.derive.clashes import Commitment, within_reach
from solver.variables import Variables


def post(variables: Variables) -> None:
    """At most one of every set of commitments that exclude each other pairwise."""
    for person, commitments in _by_person(variables).items():
        for clique in cliques(exclusions(variables.derived, person, list(commitments))):
            flags = [flag for commitment in clique for flag in commitments[commitment]]
            variables.model.add_at_most_one(flags)


def exclusions(
    derived: Derived, person: str, commitments: Sequence[Commitment]
) -> dict[Commitment, set[Commitment]]:
    """Which commitments of one person can't go together, in order of their start."""
    ordered = sorted(commitments, key=lambda c: (derived.slot(*c).start, c))
    found: dict[Commitment, set[Commitment]] = {commitment: set() for commitment in ordered}
    for first, second in within_reach(derived, person, ordered):
        if first[0] == second[0] or derived.shortage(person, first, second) > 0:
            found[first].add(second)
            found[second].add(first)
    return found


def cliques(
    neighbours: Mapping[Commitment, set[Commitment]],
) -> Iterator[Sequence[Commitment]]:
    """Sets of pairwise exclusive commitments that together cover every pair, greedily large."""
    position = {commitment: index for index, commitment in enumerate(neighbours)}
    covered: set[tuple[Commitment, Commitment]] = set()
    for first, others in neighbours.items():
        later = sorted(
            (c for c in others if position[c] > position[first]), key=position.__getitem__
        )
        for second in later:
            if (first, second) in covered:
                continue
            clique = [first, second]
            clique += _extension(clique, later, neighbours)
            clique.sort(key=position.__getitem__)
            covered.update((a, b) for i, a in enumerate(clique) for b in clique[i + 1 :])
            yield clique


def _extension(
    clique: Sequence[Commitment],
    others: Sequence[Commitment],
    neighbours: Mapping[Commitment, set[Commitment]],
) -> list[Commitment]:
    common = set.intersection(*(neighbours[member] for member in clique))
    added = []
    for other in others:
        if other in common:
            added.append(other)
            common &= neighbours[other]
    return added


def _by_person(variables: Variables) -> Mapping[str, Mapping[Commitment, list[IntVar]]]:
    found: dict[str, dict[Commitment, list[IntVar]]] = defaultdict(lambda: defaultdict(list))
    for options in (variables.attends, variables.stands_by):
        for (meeting, slot, person), flag in options.items():
            found[person][meeting, slot].append(flag)
    return found
