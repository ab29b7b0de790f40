"""`workload`: how heavy the load lies on organisations and on people, the heavier the dearer."""

from collections import defaultdict
from collections.abc import Mapping
from functools import partial

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
    """The cost as pieces of ever steeper slope: cheaper ones fill up first by themselves."""
    most = thousandths(sum(load for load, _ in items), size)

    def follow(values: Values) -> int:
        return thousandths(sum(load for load, flag in items if values[flag.index]), size)

    units = variables.auxiliary(0, most, follow)
    variables.model.add(size * units >= sum(1000 * load * attends for load, attends in items))
    pieces = []
    for start in range(0, min(most, STEP * STEPS), STEP):
        length = most - start if start == STEP * (STEPS - 1) else min(most - start, STEP)
        pieces.append(variables.auxiliary(0, length, partial(_filled, units, start, length)))
    variables.model.add(sum(pieces) >= units)
    return sum((step + 1) * piece for step, piece in enumerate(pieces))


def _filled(units: IntVar, start: int, length: int, values: Values) -> int:
    return min(length, max(0, values[units.index] - start))
