"""Organisations with an interest that nobody speaks for."""

from solver.problem import Tier
from solver.rules.roster import Roster
from solver.rules.rule import Soft
from solver.sentence import Sentence


def _value(roster: Roster) -> int:
    return sum(
        meeting.weight * weight
        for meeting, planned in roster.pairs()
        for organisation, weight in meeting.interested.items()
        if organisation not in planned.voices
    )


VOICE = Soft(
    name=Tier.VOICE,
    sentence=Sentence(
        "Organisaties die niet gehoord worden, naar hun belang en het gewicht van het overleg.",
        "Organisations that are not heard, by their interest and the weight of the meeting.",
    ),
    value=_value,
)
