"""Who is heard: through itself where it attends, otherwise through a mandate, within bounds."""

from collections import Counter
from collections.abc import Iterator

from solver.problem import HardRule, Meeting, PlannedMeeting
from solver.rules.roster import Roster
from solver.rules.rule import Breach, Hard
from solver.sentence import Sentence

_NO_INTEREST = Sentence(
    "{heard} heeft geen belang bij {meeting}.", "{heard} has no interest in {meeting}."
)
_ABSENT = Sentence(
    "{speaker} spreekt voor {heard} bij {meeting}, maar is er niet.",
    "{speaker} speaks for {heard} at {meeting}, but doesn't attend.",
)
_NO_MANDATE = Sentence(
    "{speaker} heeft bij {meeting} geen mandaat van {heard}.",
    "{speaker} holds no mandate of {heard} at {meeting}.",
)
_SILENT = Sentence(
    "{heard} is bij {meeting} en spreekt daar niet voor zichzelf.",
    "{heard} attends {meeting} and doesn't speak for itself there.",
)
_TOO_MANY = Sentence(
    "{speaker} spreekt bij {meeting} voor {number} andere organisaties; hoogstens {most} kan.",
    "{speaker} speaks at {meeting} for {number} other organisations; at most {most} may be.",
)


def _breaches(roster: Roster) -> Iterator[Breach]:
    for meeting, planned in roster.pairs():
        attending = roster.attending(meeting.id)
        facts = (
            *_false_voices(roster, meeting, planned, attending),
            *_silent(roster, meeting, planned, attending),
            *_too_many(roster, meeting, planned),
        )
        for fact in facts:
            yield meeting.id, None, fact


def _false_voices(
    roster: Roster, meeting: Meeting, planned: PlannedMeeting, attending: frozenset[str]
) -> Iterator[Sentence]:
    for heard, speaker in planned.voices.items():
        if heard not in meeting.interested:
            yield _about(roster, meeting, _NO_INTEREST, heard=heard, speaker=speaker)
        if speaker not in attending:
            yield _about(roster, meeting, _ABSENT, heard=heard, speaker=speaker)
        if speaker != heard and speaker not in roster.speakers(meeting.id, heard):
            yield _about(roster, meeting, _NO_MANDATE, heard=heard, speaker=speaker)


def _silent(
    roster: Roster, meeting: Meeting, planned: PlannedMeeting, attending: frozenset[str]
) -> Iterator[Sentence]:
    for organisation in meeting.interested:
        if organisation in attending and planned.voices.get(organisation) != organisation:
            yield _about(roster, meeting, _SILENT, heard=organisation)


def _too_many(roster: Roster, meeting: Meeting, planned: PlannedMeeting) -> Iterator[Sentence]:
    people = roster.problem.representatives
    attendees = Counter(people[name].organisation for name in roster.attendees(meeting.id))
    others = Counter(speaker for heard, speaker in planned.voices.items() if speaker != heard)
    for speaker, number in others.items():
        most = roster.problem.policy.max_mandates_per_attendee * attendees[speaker]
        # Without attendees it speaks for nobody, which is said already.
        if attendees[speaker] and number > most:
            yield _about(roster, meeting, _TOO_MANY, speaker=speaker, number=number, most=most)


def _about(
    roster: Roster, meeting: Meeting, fact: Sentence, *, number: int = 0, most: int = 0, **who: str
) -> Sentence:
    names = {role: roster.problem.organisations[name].name for role, name in who.items()}
    return roster.at(meeting.id, fact, number=number, most=most, **names)


VOICES = Hard(
    name=HardRule.VOICES,
    sentence=Sentence(
        "Wie deelneemt, spreekt voor zichzelf; voor een ander spreken kan alleen met een mandaat.",
        "Whoever attends speaks for itself; speaking for another takes a mandate.",
    ),
    breaches=_breaches,
)
