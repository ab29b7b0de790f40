"""Who attends or stands by comes for an organisation that is interested, or for its mandate."""

from collections.abc import Iterator

from solver.problem import HardRule, PlannedMeeting
from solver.rules.roster import Roster
from solver.rules.rule import Breach, Hard
from solver.sentence import Sentence


def _breaches(roster: Roster) -> Iterator[Breach]:
    for meeting, planned in roster.pairs():
        for representative in _bound(roster, planned):
            if not roster.has_standing(meeting.id, representative):
                yield meeting.id, representative, _fact(roster, meeting.id, representative)


def _bound(roster: Roster, planned: PlannedMeeting) -> Iterator[str]:
    """Everybody whose standing counts: a pin outranks it, for an attendance."""
    for name in dict.fromkeys(planned.attendees):
        if not roster.is_pinned(planned.meeting, name):
            yield name
    if planned.deputy is not None and planned.deputy not in planned.attendees:
        yield planned.deputy


def _fact(roster: Roster, meeting: str, representative: str) -> Sentence:
    words, person = roster.words(meeting), roster.person(representative)
    organisation = roster.problem.organisations[person.organisation].name
    return Sentence(
        f"{person.name} komt naar {words.nl} namens {organisation}, die daar geen belang of "
        "mandaat heeft.",
        f"{person.name} comes to {words.en} for {organisation}, which has no interest or mandate "
        "there.",
    )


STANDING = Hard(
    name=HardRule.STANDING,
    sentence=Sentence(
        "Wie komt, komt namens een organisatie met een belang, of met een mandaat daarvan.",
        "Whoever comes does so for an organisation with an interest, or with its mandate.",
    ),
    breaches=_breaches,
)
