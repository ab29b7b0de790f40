"""Seats that should have been taken and stay empty."""

from solver.problem import Tier
from solver.rules.roster import Roster
from solver.rules.rule import Soft
from solver.sentence import Sentence


def _value(roster: Roster) -> int:
    return sum(
        meeting.weight * max(0, meeting.seats.min - len(roster.attendees(meeting.id)))
        for meeting in roster.problem.meetings.values()
    )


PRESENCE = Soft(
    name=Tier.PRESENCE,
    sentence=Sentence(
        "Lege plaatsen, zwaarder naarmate het overleg zwaarder weegt.",
        "Empty seats, by the weight of the meeting.",
    ),
    value=_value,
)
