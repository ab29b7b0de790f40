"""Meetings that ask for a deputy and have none, attended or not."""

from solver.problem import Tier
from solver.rules.roster import Roster
from solver.rules.rule import Soft
from solver.sentence import Sentence


def _value(roster: Roster) -> int:
    return sum(
        meeting.weight
        for meeting, planned in roster.pairs()
        if meeting.deputy and planned.deputy is None
    )


DEPUTY = Soft(
    name=Tier.DEPUTY,
    sentence=Sentence(
        "Overleggen waar geen vervanger klaarstaat terwijl erom gevraagd is.",
        "Meetings without the deputy that they ask for.",
    ),
    value=_value,
)
