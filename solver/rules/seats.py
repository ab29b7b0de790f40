"""Nobody too many, nobody twice, and a slot exactly where somebody attends."""

from collections import Counter
from collections.abc import Iterator

from solver.problem import HardRule, Meeting, PlannedMeeting
from solver.rules.roster import Roster
from solver.rules.rule import Breach, Hard
from solver.sentence import Sentence


def _breaches(roster: Roster) -> Iterator[Breach]:
    for meeting, planned in roster.pairs():
        for sentence in (*_seating(roster, meeting, planned), *_slot(roster, meeting, planned)):
            yield meeting.id, None, sentence


def _seating(roster: Roster, meeting: Meeting, planned: PlannedMeeting) -> Iterator[Sentence]:
    words = roster.words(meeting.id)
    number, most = len(planned.attendees), meeting.seats.max
    if number > most:
        yield Sentence(
            f"Bij {words.nl} zijn {number} deelnemers op {most} plaats(en).",
            f"At {words.en} there are {number} attendees for {most} seat(s).",
        )
    for representative, times in Counter(planned.attendees).items():
        if times > 1:
            name = roster.person(representative).name
            yield Sentence(
                f"{name} staat {times} keer bij de deelnemers van {words.nl}.",
                f"{name} is among the attendees of {words.en} {times} times.",
            )


def _slot(roster: Roster, meeting: Meeting, planned: PlannedMeeting) -> Iterator[Sentence]:
    if planned.attendees and roster.slot(meeting.id) is None:
        yield Sentence(
            f"{meeting.title} heeft deelnemers, maar geen tijd die was voorgesteld.",
            f"{meeting.title} has attendees, but no time that was offered.",
        )
    if not planned.attendees and planned.slot is not None:
        yield Sentence(
            f"{meeting.title} heeft een tijd, maar geen deelnemers.",
            f"{meeting.title} has a time, but no attendees.",
        )


SEATS = Hard(
    name=HardRule.SEATS,
    sentence=Sentence(
        "Een overleg heeft niet meer deelnemers dan plaatsen, en een tijd als er iemand komt.",
        "A meeting has no more attendees than seats, and a time where somebody comes.",
    ),
    breaches=_breaches,
)
