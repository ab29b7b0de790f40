"""What would close a gap: every way is solved for and judged before it is told."""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import replace
from time import monotonic

from scheduler.flows.adjusting.errors import said
from scheduler.flows.adjusting.standing import Standing
from scheduler.flows.explain_meeting.parts import Opening
from solver.check import check
from solver.explain import MeetingExplanation, explain_at, verified
from solver.position import Position
from solver.problem import PlannedMeeting

_SECONDS = 4.0
"""How long proving what would open more may take altogether."""

_OPENINGS = 4
"""How many ways are proven for each gap."""


def what_opens(
    standing: Standing, meeting_id: str, clock: Callable[[], float] = monotonic
) -> tuple[Opening, ...] | None:
    """For each gap of an open meeting the ways to close it, each solved for and judged.

    It takes some seconds, for which nobody else has to wait. Who said no, or can't come any more,
    is thought away first: their place is a gap. None where the plan breaks a rule all the same:
    then nothing can be proven on it, and that has to be mended first.
    """
    cleared = _cleared(standing)
    if cleared is None:
        return None
    key = ("opens", meeting_id)
    known: tuple[Opening, ...] | None = standing.found(key)
    if known is not None:
        return known
    explained = standing.answer(
        ("gaps", meeting_id), lambda _position: explain_at(cleared, meeting_id)
    )
    end = clock() + _SECONDS
    found = verified(cleared, _fewer(explained), lambda: clock() < end)
    return standing.answer(key, lambda _position: _openings(found))


def _cleared(standing: Standing) -> Position | None:
    """The plan without those who can't be where it has them; None where it is broken otherwise."""
    if not standing.violations:
        return standing.position
    return standing.answer("cleared", lambda position: _without_broken(standing, position))


def _without_broken(standing: Standing, position: Position) -> Position | None:
    gone: dict[str, set[str]] = defaultdict(set)
    for each in standing.broken:
        if each.meeting is not None and each.representative is not None:
            gone[each.meeting].add(each.representative)
    left = {
        meeting: _without(position, position.planned[meeting], people)
        for meeting, people in gone.items()
    }
    planned = {**position.planned, **left}
    if check(position.problem, planned).violations:
        return None
    return Position(position.problem, planned, position.derived)


def _without(position: Position, taken: PlannedMeeting, gone: Collection[str]) -> PlannedMeeting:
    people = tuple(name for name in taken.attendees if name not in gone)
    deputy = None if taken.deputy in gone else taken.deputy
    return position.seating(taken.meeting, taken.slot or 0, people, deputy)


def _fewer(explained: MeetingExplanation) -> MeetingExplanation:
    gaps = tuple(replace(each, openings=each.openings[:_OPENINGS]) for each in explained.gaps)
    return replace(explained, gaps=gaps)


def _openings(found: MeetingExplanation) -> tuple[Opening, ...]:
    return tuple(
        Opening(
            gap=said(each.gap.sentence),
            ways=tuple(said(way.sentence) for way in each.openings if way.verified),
            left=sum(not way.verified for way in each.openings),
        )
        for each in found.gaps
    )
