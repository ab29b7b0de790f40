"""Whom a coordinator kept away neither attends nor stands by."""

from collections.abc import Iterator

from solver.problem import HardRule
from solver.rules.roster import Roster
from solver.rules.rule import Breach, Hard
from solver.sentence import Sentence

_FACT = Sentence(
    "{name} is uitgesloten van {meeting}, maar staat er wel bij.",
    "{name} is ruled out for {meeting}, but stands there.",
)


def _breaches(roster: Roster) -> Iterator[Breach]:
    for meeting, planned in roster.pairs():
        deputies = () if planned.deputy is None else (planned.deputy,)
        for representative in dict.fromkeys((*planned.attendees, *deputies)):
            if roster.derived.is_banned(meeting.id, representative):
                yield meeting.id, representative, roster.about(_FACT, meeting.id, representative)


BANS = Hard(
    name=HardRule.BANS,
    sentence=Sentence(
        "Wie de coördinator heeft uitgesloten, komt niet.",
        "Whom the coordinator has ruled out doesn't come.",
    ),
    breaches=_breaches,
)
