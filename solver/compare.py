"""Two plans of one problem side by side: what changed, and what each change brings to each tier.

The changes are made one after another, in the order of the meetings' time; a change's part is what
a tier does when it is made after all before it. So the parts add up to the whole difference
exactly. Where changes share a cost (one person's load, a series' faces, a region's seats) the later
one bears what they cost only together.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from solver.plan import Plan
from solver.position import Effect, Position
from solver.problem import PlannedMeeting, Problem, Tier

__all__ = ["Comparison", "MeetingChange", "compare"]

Planned = Mapping[str, PlannedMeeting]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingChange:
    """One meeting that is planned otherwise, and its part in the difference of every tier.

    `joined` and `left` are attendees; `moved` is another slot where both plans have one. A change
    of who speaks for whom alone is a change as well.
    """

    meeting: str
    before: PlannedMeeting
    after: PlannedMeeting
    joined: tuple[str, ...]
    left: tuple[str, ...]
    moved: bool
    effect: Effect

    @property
    def new_deputy(self) -> bool:
        """Whether somebody else stands by, or nobody any more."""
        return self.before.deputy != self.after.deputy


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Values of all eight tiers before and after; `changes` in the order of the meetings' time."""

    before: Mapping[Tier, int]
    after: Mapping[Tier, int]
    changes: tuple[MeetingChange, ...]

    @property
    def difference(self) -> Effect:
        """After less before: below 0 is better. The sum of the changes' effects."""
        return {tier: self.after[tier] - self.before[tier] for tier in self.before}


def compare(problem: Problem, before: Plan | Planned, after: Plan | Planned) -> Comparison:
    """What the second of two valid plans does otherwise than the first.

    Raises:
        KeyError: a plan lacks a meeting of the problem.
    """
    position = Position(problem, before)
    wanted = after.meetings if isinstance(after, Plan) else after
    values = position.values()
    changed = [name for name in problem.meetings if _differs(position.planned[name], wanted[name])]
    changed.sort(key=lambda name: _time(position, position.planned[name], wanted[name]))
    changes = tuple(_change(position, wanted[name]) for name in changed)
    return Comparison(before=values, after=position.values(), changes=changes)


def _change(position: Position, after: PlannedMeeting) -> MeetingChange:
    """Make one change, so that the next one finds it made."""
    before = position.planned[after.meeting]
    effect = position.effect(after)
    position.put(after)
    return MeetingChange(
        meeting=after.meeting,
        before=before,
        after=after,
        joined=tuple(name for name in after.attendees if name not in before.attendees),
        left=tuple(name for name in before.attendees if name not in after.attendees),
        moved=None not in {before.slot, after.slot} and before.slot != after.slot,
        effect=effect,
    )


def _differs(before: PlannedMeeting, after: PlannedMeeting) -> bool:
    """The order of attendees is no difference."""
    return (before.slot, frozenset(before.attendees), before.deputy, dict(before.voices)) != (
        after.slot,
        frozenset(after.attendees),
        after.deputy,
        dict(after.voices),
    )


def _time(position: Position, before: PlannedMeeting, after: PlannedMeeting) -> int:
    slot = before.slot if after.slot is None else after.slot
    return position.derived.slot(after.meeting, slot or 0).start
