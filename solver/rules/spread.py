"""How far the regions of the province share its tables."""

from collections import Counter
from collections.abc import Mapping
from functools import reduce

from solver.problem import Level, Meeting, Problem, Tier
from solver.rules.roster import Roster
from solver.rules.rule import Soft
from solver.sentence import Sentence

WEIGHT = 10


def _value(roster: Roster) -> int:
    tables = [m for m in roster.problem.meetings.values() if m.level is Level.PROVINCE]
    narrow = sum(of_table(roster, table) for table in tables)
    counts = (_seats_by_region(roster, table) for table in tables)
    taken = reduce(Counter.__iadd__, counts, Counter[str]())
    return narrow + sum(
        of_region(quota, taken[region]) for region, quota in quotas(roster.problem).items()
    )


def of_table(roster: Roster, table: Meeting) -> int:
    """What the regions cost that are missing at one table of the province."""
    wanted = min(len(roster.problem.regions), table.seats.min)
    return WEIGHT * table.weight * max(0, wanted - len(_seats_by_region(roster, table)))


def of_region(quota: int, taken: int) -> int:
    """What it costs that a region takes fewer seats than its share."""
    return WEIGHT * max(0, quota - taken)


def quotas(problem: Problem) -> Mapping[str, int]:
    """Each region's share of the seats at the tables of the province."""
    tables = (m for m in problem.meetings.values() if m.level is Level.PROVINCE)
    wanted = sum(table.seats.min for table in tables)
    total = sum(region.weight for region in problem.regions.values())
    return {region.id: wanted * region.weight // total for region in problem.regions.values()}


def _seats_by_region(roster: Roster, table: Meeting) -> Counter[str]:
    organisations = roster.problem.organisations
    people = (roster.person(name) for name in roster.attendees(table.id))
    return Counter(organisations[person.organisation].region for person in people)


SPREAD = Soft(
    name=Tier.SPREAD,
    sentence=Sentence(
        "Regio's die aan de provinciale tafels te weinig zitten.",
        "Regions that sit too little at the province's tables.",
    ),
    value=_value,
)
