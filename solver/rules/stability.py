"""What changes against an earlier plan, dearer the sooner the meeting is."""

from solver.derive.clock import minutes_of
from solver.problem import Meeting, PlannedMeeting, Tier
from solver.rules.roster import Roster
from solver.rules.rule import Soft
from solver.sentence import Sentence

WEEK_MINUTES = 7 * 24 * 60
# Until how long after `as_of` a change is dear, and how dear; later ones count once.
NOTICES = ((WEEK_MINUTES, 4), (4 * WEEK_MINUTES, 2))
ATTENDEE, SLOT, STANDBY = 4, 12, 1


def _value(roster: Roster) -> int:
    baseline = roster.problem.baseline or {}
    return sum(
        notice(roster, meeting, baseline[meeting.id]) * _changes(baseline[meeting.id], planned)
        for meeting, planned in roster.pairs()
        if meeting.id in baseline
    )


def notice(roster: Roster, meeting: Meeting, before: PlannedMeeting) -> int:
    """How dear a change is: by when the meeting was, or else would have been first."""
    start = roster.derived.slot(meeting.id, before.slot or 0).start
    ahead = start - minutes_of(roster.problem.as_of)
    return next((price for until, price in NOTICES if ahead < until), 1)


def _changes(before: PlannedMeeting, after: PlannedMeeting) -> int:
    people = len(frozenset(before.attendees) ^ frozenset(after.attendees))
    moved = None not in {before.slot, after.slot} and before.slot != after.slot
    return ATTENDEE * people + SLOT * moved + STANDBY * (before.deputy != after.deputy)


STABILITY = Soft(
    name=Tier.STABILITY,
    sentence=Sentence(
        "Wijzigingen ten opzichte van het vorige rooster, zwaarder naarmate het eerder is.",
        "Changes against the plan before, dearer the sooner they are.",
    ),
    value=_value,
)
