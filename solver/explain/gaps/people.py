"""Closing a gap by somebody more, who may not come as the facts are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from solver.explain.changes import Change
from solver.explain.gaps.gap import Gap, GapKind
from solver.explain.gaps.scenes import Scene
from solver.explain.gaps.telling import Found
from solver.explain.gaps.ways import changes_for
from solver.position import Position
from solver.problem import PlannedMeeting

_CHOICES = 12
"""How many people are named for the last of the seats that a gap has."""


@dataclass(frozen=True, slots=True)
class _Way:
    """How one person could come to the meeting, in one scene and slot."""

    changes: tuple[Change, ...]
    representative: str


def by_people(scenes: Iterable[Scene], gap: Gap) -> Iterator[Found]:
    """Ways in which people come who can't now, in each scene and slot."""
    for scene in scenes:
        for slot in scene.slots:
            ways = sorted(_ways(scene, gap, slot), key=lambda way: len(way.changes))
            yield from _together(scene, gap, ways)


def _together(scene: Scene, gap: Gap, ways: Sequence[_Way]) -> Iterator[Found]:
    """Enough people at once: the easiest ones, and for the last of them each other choice."""
    first, others = ways[: gap.missing - 1], ways[gap.missing - 1 :]
    for last in others[:_CHOICES]:
        chosen = (*first, last)
        changes = dict.fromkeys(
            (*scene.changes, *(change for way in chosen for change in way.changes))
        )
        yield Found(tuple(changes), tuple(way.representative for way in chosen))


def _ways(scene: Scene, gap: Gap, slot: int) -> Iterator[_Way]:
    position = scene.position
    taken = position.planned[gap.meeting]
    if not _can_stay(position, taken, slot):
        return
    for name in _people(position, gap, slot):
        if name in taken.attendees or (gap.kind is GapKind.DEPUTY and not taken.attendees):
            continue
        wanted = _wanted(taken, gap, name, slot)
        changes = changes_for(position.derived, wanted, position.refusals(wanted, (name,)))
        if changes is not None:
            yield _Way(changes, name)


def _can_stay(position: Position, taken: PlannedMeeting, slot: int) -> bool:
    """Whether those who attend already could in this slot."""
    if not taken.attendees:
        return True
    moved = PlannedMeeting(
        meeting=taken.meeting, slot=slot, attendees=taken.attendees, deputy=None, voices={}
    )
    return not position.refusals(moved, taken.attendees)


def _wanted(taken: PlannedMeeting, gap: Gap, name: str, slot: int) -> PlannedMeeting:
    as_deputy = gap.kind is GapKind.DEPUTY
    return PlannedMeeting(
        meeting=taken.meeting,
        slot=slot,
        attendees=taken.attendees if as_deputy else (*taken.attendees, name),
        deputy=name if as_deputy else None,
        voices=taken.voices,
    )


def _people(position: Position, gap: Gap, slot: int) -> Iterable[str]:
    """Whose coming could close the gap."""
    problem = position.problem
    if gap.kind is GapKind.VOICE and gap.organisation is not None:
        holders = position.derived.holders(gap.organisation, gap.meeting, slot)
        speakers = {gap.organisation, *holders}
        return [one.id for one in problem.representatives.values() if one.organisation in speakers]
    if gap.kind is GapKind.EXPERTISE:
        return [
            one.id for one in problem.representatives.values() if gap.expertise in one.expertise
        ]
    return problem.representatives
