"""Whom a coordinator pinned attends, in the slot that was pinned."""

from collections.abc import Iterator

from solver.problem import HardRule, Pin
from solver.rules.roster import Roster
from solver.rules.rule import Breach, Hard
from solver.sentence import Sentence


def _breaches(roster: Roster) -> Iterator[Breach]:
    for pin in roster.problem.pins:
        if pin.representative not in roster.attendees(pin.meeting):
            yield pin.meeting, pin.representative, _absent(roster, pin)
        elif pin.slot is not None and pin.slot != roster.planned[pin.meeting].slot:
            yield pin.meeting, pin.representative, _moved(roster, pin)


def _absent(roster: Roster, pin: Pin) -> Sentence:
    words, name = roster.words(pin.meeting), roster.person(pin.representative).name
    return Sentence(
        f"{name} is vastgezet bij {words.nl}, maar neemt niet deel.",
        f"{name} is pinned at {words.en}, but doesn't attend.",
    )


def _moved(roster: Roster, pin: Pin) -> Sentence:
    words, name = roster.words(pin.meeting), roster.person(pin.representative).name
    return Sentence(
        f"{name} is vastgezet bij {words.nl}, maar op een andere tijd.",
        f"{name} is pinned at {words.en}, but at another time.",
    )


PINS = Hard(
    name=HardRule.PINS,
    sentence=Sentence(
        "Wie de coördinator heeft vastgezet, neemt deel.",
        "Whom the coordinator has pinned attends.",
    ),
    breaches=_breaches,
)
