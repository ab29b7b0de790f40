"""How far the regions of the province share its tables."""

from collections import Counter
from functools import reduce

from solver.problem import Level, Meeting, Tier
from solver.rules.roster import Roster
from solver.rules.rule import Soft
from solver.sentence import Sentence

WEIGHT = 10


def _value(roster: Roster) -> int:
    tables = [m for m in roster.problem.meetings.values() if m.level is Level.PROVINCE]
    return WEIGHT * (_narrow(roster, tables) + _short(roster, tables))


def _narrow(roster: Roster, tables: list[Meeting]) -> int:
    """Regions that are missing at single tables."""
    regions = len(roster.problem.regions)
    return sum(
        table.weight * max(0, min(regions, table.seats.min) - len(_seats_by_region(roster, table)))
        for table in tables
    )


def _short(roster: Roster, tables: list[Meeting]) -> int:
    """Seats that regions have fewer than their share of all."""
    counts = (_seats_by_region(roster, table) for table in tables)
    taken = reduce(Counter.__iadd__, counts, Counter[str]())
    wanted = sum(table.seats.min for table in tables)
    regions = roster.problem.regions.values()
    total = sum(region.weight for region in regions)
    return sum(max(0, wanted * region.weight // total - taken[region.id]) for region in regions)


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
