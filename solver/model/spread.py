"""`spread`: regions at the province's table, and each region its share of the seats there."""

from collections import defaultdict
from collections.abc import Mapping

from ortools.sat.python.cp_model import IntVar

from solver.problem import Level, Meeting, Problem
from solver.variables import Amount, Variables, total

FACTOR = 10


def cost(variables: Variables) -> Amount:
    """Regions missing per meeting, weighted, and seats missing per region.

    In a part of the problem, regions that none of its candidates comes from aren't counted: nothing
    changes there, and another part may count them.
    """
    seats: dict[str, list[IntVar]] = defaultdict(list)
    missing: Amount = 0
    for meeting in variables.meetings:
        if meeting.level is Level.PROVINCE:
            regions = _by_region(variables, meeting)
            missing += meeting.weight * _missing_regions(variables, meeting, regions)
            for region, flags in regions.items():
                seats[region] += flags
    return FACTOR * missing + FACTOR * sum(
        _short(variables, seats[region], quota)
        for region, quota in quotas(variables.problem).items()
        if variables.is_whole or region in seats
    )


def quotas(problem: Problem) -> Mapping[str, int]:
    """The seats at province level that are each region's share, by its weight."""
    seats = sum(m.seats.min for m in problem.meetings.values() if m.level is Level.PROVINCE)
    weights = sum(region.weight for region in problem.regions.values())
    return {name: seats * region.weight // weights for name, region in problem.regions.items()}


def _by_region(variables: Variables, meeting: Meeting) -> Mapping[str, list[IntVar]]:
    found: dict[str, list[IntVar]] = defaultdict(list)
    for person, slots in variables.attendees(meeting.id).items():
        organisation = variables.problem.organisations[variables.organisation(person)]
        found[organisation.region] += slots
    return found


def _missing_regions(
    variables: Variables, meeting: Meeting, regions: Mapping[str, list[IntVar]]
) -> Amount:
    wanted = min(len(variables.problem.regions), meeting.seats.min)
    if wanted == 0 or not regions:
        return wanted
    present = []
    for flags in regions.values():
        present.append(variables.any_of(flags))
        variables.model.add_bool_or([~present[-1], *flags])
    missing = variables.auxiliary(0, wanted, lambda values: max(0, wanted - total(values, present)))
    variables.model.add(missing + sum(present) >= wanted)
    return missing


def _short(variables: Variables, flags: list[IntVar], quota: int) -> Amount:
    if quota == 0 or not flags:
        return quota
    short = variables.auxiliary(0, quota, lambda values: max(0, quota - total(values, flags)))
    variables.model.add(short + sum(flags) >= quota)
    return short
