"""Expertise that a meeting asks for and nobody there has."""

from solver.problem import Meeting, Tier
from solver.rules.roster import Roster
from solver.rules.rule import Soft
from solver.sentence import Sentence


def _value(roster: Roster) -> int:
    meetings = roster.problem.meetings.values()
    return sum(meeting.weight * _missing(roster, meeting) for meeting in meetings)


def _missing(roster: Roster, meeting: Meeting) -> int:
    present = (roster.person(name).expertise for name in roster.attendees(meeting.id))
    return len(meeting.expertise.difference(*present))


EXPERTISE = Soft(
    name=Tier.EXPERTISE,
    sentence=Sentence(
        "Gevraagde deskundigheid die niemand aan tafel heeft.",
        "Expertise that is asked for and that nobody at the table has.",
    ),
    value=_value,
)
