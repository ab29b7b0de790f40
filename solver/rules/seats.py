"""Nobody too many, nobody twice, and a slot exactly where somebody attends."""

from collections import Counter
from collections.abc import Iterator

from solver.problem import HardRule, Meeting, PlannedMeeting
from solver.rules.roster import Roster
from solver.rules.rule import Breach, Hard
from solver.sentence import Sentence

_TOO_MANY = Sentence(
    "Bij {meeting} zijn {number} deelnemers, voor hoogstens {most}.",
    "At {meeting} there are {number} attendees, for at most {most}.",
)
_TWICE = Sentence(
    "{name} staat meer dan eens bij de deelnemers van {meeting}.",
    "{name} is among the attendees of {meeting} more than once.",
)
_NO_SLOT = Sentence(
    "{meeting} heeft deelnemers, maar geen tijd die was voorgesteld.",
    "{meeting} has attendees, but no time that was offered.",
)
_NOBODY = Sentence(
    "{meeting} heeft een tijd, maar geen deelnemers.", "{meeting} has a time, but no attendees."
)


def _breaches(roster: Roster) -> Iterator[Breach]:
    for meeting, planned in roster.pairs():
        for fact in _facts(roster, meeting, planned):
            yield meeting.id, None, fact


def _facts(roster: Roster, meeting: Meeting, planned: PlannedMeeting) -> Iterator[Sentence]:
    number, most = len(planned.attendees), meeting.seats.max
    if number > most:
        yield roster.at(meeting.id, _TOO_MANY, number=number, most=most)
    for representative, times in Counter(planned.attendees).items():
        if times > 1:
            yield roster.about(_TWICE, meeting.id, representative)
    if planned.attendees and roster.slot(meeting.id) is None:
        yield roster.at(meeting.id, _NO_SLOT)
    if not planned.attendees and planned.slot is not None:
        yield roster.at(meeting.id, _NOBODY)


SEATS = Hard(
    name=HardRule.SEATS,
    sentence=Sentence(
        "Een overleg heeft niet meer deelnemers dan plaatsen, en een tijd als er iemand komt.",
        "A meeting has no more attendees than seats, and a time where somebody comes.",
    ),
    breaches=_breaches,
)
