"""Whom a coordinator kept away neither attends nor stands by."""

from collections.abc import Iterator

from solver.problem import HardRule
from solver.rules.roster import Roster
from solver.rules.rule import Breach, Hard
from solver.sentence import Sentence


def _breaches(roster: Roster) -> Iterator[Breach]:
    for meeting, planned in roster.pairs():
        deputies = () if planned.deputy is None else (planned.deputy,)
        for representative in dict.fromkeys((*planned.attendees, *deputies)):
            if roster.derived.is_banned(meeting.id, representative):
                yield meeting.id, representative, _fact(roster, meeting.id, representative)


def _fact(roster: Roster, meeting: str, representative: str) -> Sentence:
    words, name = roster.words(meeting), roster.person(representative).name
    return Sentence(
        f"{name} is uitgesloten van {words.nl}, maar staat er wel bij.",
        f"{name} is ruled out for {words.en}, but stands there.",
    )


BANS = Hard(
    name=HardRule.BANS,
    sentence=Sentence(
        "Wie de coördinator heeft uitgesloten, komt niet.",
        "Whom the coordinator has ruled out doesn't come.",
    ),
    breaches=_breaches,
)
