"""Who attends or stands by comes for an organisation that is interested, or for its mandate."""

from collections.abc import Iterator

from solver.problem import HardRule, PlannedMeeting
from solver.rules.roster import Roster
from solver.rules.rule import Breach, Hard
from solver.sentence import Sentence

_FACT = Sentence(
    "{name} komt naar {meeting} namens {organisation}, die daar geen belang of mandaat heeft.",
    "{name} comes to {meeting} for {organisation}, which has no interest or mandate there.",
)


def _breaches(roster: Roster) -> Iterator[Breach]:
    for meeting, planned in roster.pairs():
        for representative in _bound(roster, planned):
            if not roster.has_standing(meeting.id, representative):
                yield meeting.id, representative, roster.about(_FACT, meeting.id, representative)


def _bound(roster: Roster, planned: PlannedMeeting) -> Iterator[str]:
    """Everybody whose standing counts: a pin outranks it, for an attendance."""
    for name in dict.fromkeys(planned.attendees):
        if not roster.is_pinned(planned.meeting, name):
            yield name
    if planned.deputy is not None and planned.deputy not in planned.attendees:
        yield planned.deputy


STANDING = Hard(
    name=HardRule.STANDING,
    sentence=Sentence(
        "Wie komt, komt namens een organisatie met een belang, of met een mandaat daarvan.",
        "Whoever comes does so for an organisation with an interest, or with its mandate.",
    ),
    breaches=_breaches,
)
