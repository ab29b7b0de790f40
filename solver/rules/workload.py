"""How evenly the work lies: each more per cent of somebody's load costs more than the last."""

from collections import Counter

from solver.problem import Tier
from solver.rules.roster import Roster
from solver.rules.rule import Soft
from solver.sentence import Sentence

STEPS, STEP = 20, 100
PER_MILLE = 1000
ORGANISATION_WEIGHT = 5


def _value(roster: Roster) -> int:
    people = roster.problem.representatives.values()
    of_organisations: Counter[str] = Counter()
    for person in people:
        of_organisations[person.organisation] += roster.loads[person.id]
    organisations = sum(
        strain(of_organisations[organisation.id], organisation.capacity_minutes)
        for organisation in roster.problem.organisations.values()
    )
    representatives = sum(strain(roster.loads[one.id], one.target_minutes) for one in people)
    return ORGANISATION_WEIGHT * organisations + representatives


def strain(load: int, bearable: int) -> int:
    """The cost of a load against what can be borne: convex in the load, in per mille of it."""
    use = (PER_MILLE * load + bearable - 1) // bearable
    return sum(max(0, use - STEP * step) for step in range(STEPS))


WORKLOAD = Soft(
    name=Tier.WORKLOAD,
    sentence=Sentence(
        "De werklast naast de draagkracht, van elke organisatie en elke afgevaardigde.",
        "The workload against the capacity, of each organisation and each representative.",
    ),
    value=_value,
)
