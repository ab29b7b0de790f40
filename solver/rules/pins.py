"""Whom a coordinator pinned attends, in the slot that was pinned."""

from collections.abc import Iterator

from solver.problem import HardRule
from solver.rules.roster import Roster
from solver.rules.rule import Breach, Hard
from solver.sentence import Sentence

_ABSENT = Sentence(
    "{name} is vastgezet bij {meeting}, maar neemt niet deel.",
    "{name} is pinned at {meeting}, but doesn't attend.",
)
_MOVED = Sentence(
    "{name} is vastgezet bij {meeting}, maar op een andere tijd.",
    "{name} is pinned at {meeting}, but at another time.",
)


def _breaches(roster: Roster) -> Iterator[Breach]:
    for pin in roster.problem.pins:
        if pin.representative not in roster.attendees(pin.meeting):
            fact = roster.about(_ABSENT, pin.meeting, pin.representative)
            yield pin.meeting, pin.representative, fact
        elif pin.slot is not None and pin.slot != roster.planned[pin.meeting].slot:
            fact = roster.about(_MOVED, pin.meeting, pin.representative)
            yield pin.meeting, pin.representative, fact


PINS = Hard(
    name=HardRule.PINS,
    sentence=Sentence(
        "Wie de coördinator heeft vastgezet, neemt deel.",
        "Whom the coordinator has pinned attends.",
    ),
    breaches=_breaches,
)
