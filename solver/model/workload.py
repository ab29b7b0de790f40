"""`workload`: how heavy the load lies on organisations and on people, the heavier the dearer."""

from collections import defaultdict
from collections.abc import Mapping

from ortools.sat.python.cp_model import IntVar

from solver.variables import Amount, Values, Variables

ORGANISATION_FACTOR = 5
STEP, STEPS = 100, 20


def cost(variables: Variables) -> Amount:
    """Convex cost of the load in thousandths of capacity and of target."""
    organisations: dict[str, list[tuple[int, IntVar]]] = defaultdict(list)
    people: dict[str, list[tuple[int, IntVar]]] = defaultdict(list)
    for (meeting, slot, person), attends in variables.attends.items():
        item = variables.derived.load(meeting, slot, person), attends
        people[person].append(item)
        organisations[variables.organisation(person)].append(item)
    problem = variables.problem
    capacities = {name: problem.organisations[name].capacity_minutes for name in organisations}
    targets = {name: problem.representatives[name].target_minutes for name in people}
    return ORGANISATION_FACTOR * _convex(variables, organisations, capacities) + _convex(
        variables, people, targets
    )


def thousandths(load: int, size: int) -> int:
    """A load in thousandths of what is fair, rounded up."""
    return (1000 * load + size - 1) // size


def _convex(
    variables: Variables,
    loads: Mapping[str, list[tuple[int, IntVar]]],
    sizes: Mapping[str, int],
) -> Amount:
    return sum(_pieces(variables, items, sizes[name]) for name, items in loads.items())


def _pieces(variables: Variables, items: list[tuple[int, IntVar]], size: int) -> Amount:
    """The cost as pieces of ever steeper slope: cheaper ones fill up first by themselves.

    No variable for their sum: with one, a mixed-integer engine finds its first plan much later.
    """
    lengths = _lengths(thousandths(sum(load for load, _ in items), size))

    def follow(values: Values) -> list[int]:
        units = thousandths(sum(load for load, flag in items if values[flag.index]), size)
        return [min(room, max(0, units - STEP * step)) for step, room in enumerate(lengths)]

    pieces = variables.auxiliaries(lengths, follow)
    variables.model.add(size * sum(pieces) >= sum(1000 * load * attends for load, attends in items))
    return sum((step + 1) * piece for step, piece in enumerate(pieces))


def _lengths(most: int) -> list[int]:
    """How much fits into each piece; the last one takes all that is left."""
    whole = [min(STEP, most - start) for start in range(0, min(most, STEP * STEPS), STEP)]
    return whole if most <= STEP * STEPS else [*whole[:-1], most - STEP * (STEPS - 1)]
