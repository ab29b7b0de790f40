"""Closing a gap by letting those who attend speak for one organisation more."""

from collections.abc import Iterator

from solver.explain.changes import Change, GiveMandate, SpeakForMore
from solver.explain.gaps.gap import Gap
from solver.explain.gaps.telling import Found
from solver.position import Position
from solver.problem import PlannedMeeting


def by_speaking(position: Position, gap: Gap) -> Iterator[Found]:
    """For each organisation at the table: the mandate, or the room, that it takes."""
    taken = position.planned[gap.meeting]
    giver = gap.organisation
    if giver is None or taken.slot is None:
        return
    holders = position.derived.holders(giver, gap.meeting, taken.slot)
    for speaker in sorted(position.table(taken).attending(gap.meeting)):
        yield Found(tuple(_changes(position, taken, giver, speaker, speaker in holders)))


def _changes(
    position: Position, taken: PlannedMeeting, giver: str, speaker: str, has_mandate: bool
) -> Iterator[Change]:
    problem = position.problem
    meeting = problem.meetings[taken.meeting]
    if not has_mandate:
        yield GiveMandate(
            giver=giver, holder=speaker, municipality=meeting.municipality, level=meeting.level
        )
    if _is_at_its_reach(position, taken, speaker):
        yield SpeakForMore(number=problem.policy.max_mandates_per_attendee + 1)


def _is_at_its_reach(position: Position, taken: PlannedMeeting, speaker: str) -> bool:
    people = position.problem.representatives
    number = sum(people[name].organisation == speaker for name in taken.attendees)
    spoken = sum(voice == speaker != heard for heard, voice in taken.voices.items())
    return spoken >= number * position.problem.policy.max_mandates_per_attendee
