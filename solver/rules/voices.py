"""Who is heard: through itself where it attends, otherwise through a mandate, within bounds."""

from collections import Counter
from collections.abc import Iterator

from solver.problem import HardRule, Meeting, PlannedMeeting
from solver.rules.roster import Roster
from solver.rules.rule import Breach, Hard
from solver.sentence import Sentence


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
        words, name, voice = roster.words(meeting.id), *_names(roster, heard, speaker)
        if heard not in meeting.interested:
            yield Sentence(
                f"{name} heeft geen belang bij {words.nl}.",
                f"{name} has no interest in {words.en}.",
            )
        if speaker not in attending:
            yield Sentence(
                f"{voice} spreekt voor {name} bij {words.nl}, maar is er niet.",
                f"{voice} speaks for {name} at {words.en}, but doesn't attend.",
            )
        if speaker != heard and speaker not in roster.speakers(meeting.id, heard):
            yield Sentence(
                f"{voice} heeft bij {words.nl} geen mandaat van {name}.",
                f"{voice} holds no mandate of {name} at {words.en}.",
            )


def _silent(
    roster: Roster, meeting: Meeting, planned: PlannedMeeting, attending: frozenset[str]
) -> Iterator[Sentence]:
    for organisation in meeting.interested:
        if organisation in attending and planned.voices.get(organisation) != organisation:
            words, (name,) = roster.words(meeting.id), _names(roster, organisation)
            yield Sentence(
                f"{name} is bij {words.nl} en spreekt daar niet voor zichzelf.",
                f"{name} attends {words.en} and doesn't speak for itself there.",
            )


def _too_many(roster: Roster, meeting: Meeting, planned: PlannedMeeting) -> Iterator[Sentence]:
    people = roster.problem.representatives
    attendees = Counter(people[name].organisation for name in roster.attendees(meeting.id))
    others = Counter(speaker for heard, speaker in planned.voices.items() if speaker != heard)
    for speaker, number in others.items():
        most = roster.problem.policy.max_mandates_per_attendee * attendees[speaker]
        # Without attendees it speaks for nobody, which is said already.
        if attendees[speaker] and number > most:
            words, (name,) = roster.words(meeting.id), _names(roster, speaker)
            yield Sentence(
                f"{name} spreekt bij {words.nl} voor {number} andere organisaties, hoogstens "
                f"{most} kan.",
                f"{name} speaks at {words.en} for {number} other organisations, at most {most} "
                "may be.",
            )


def _names(roster: Roster, *organisations: str) -> tuple[str, ...]:
    return tuple(roster.problem.organisations[name].name for name in organisations)


VOICES = Hard(
    name=HardRule.VOICES,
    sentence=Sentence(
        "Wie deelneemt, spreekt voor zichzelf; voor een ander spreken kan alleen met een mandaat.",
        "Whoever attends speaks for itself; speaking for another takes a mandate.",
    ),
    breaches=_breaches,
)
