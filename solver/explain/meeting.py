"""Everything about one meeting of a plan: why these people, who else, what lacks and what opens."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from solver.explain.changes import Change
from solver.explain.gaps import Found, Gap, Opening, gaps_of, opening, openings, scenes
from solver.explain.verify import Verifier
from solver.explain.why import Why, why
from solver.plan import Plan
from solver.position import Position
from solver.problem import PlannedMeeting, Problem
from solver.ranking import Candidate, candidates_at


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedGap:
    """A gap and the smallest sets of changes that close it."""

    gap: Gap
    openings: tuple[Opening, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingExplanation:
    """One meeting: each attendee's why, each gap, and the candidates for a free seat."""

    meeting: str
    why: tuple[Why, ...]
    gaps: tuple[ExplainedGap, ...]
    candidates: tuple[Candidate, ...]


def explain(
    problem: Problem, plan: Plan | Mapping[str, PlannedMeeting], meeting: str
) -> MeetingExplanation:
    """One meeting explained, its openings not verified. Solves nothing.

    For many meetings make one `Position` and ask `explain_at`.

    Raises:
        KeyError: there is no such meeting.
    """
    return explain_at(Position(problem, plan), meeting)


def explain_at(position: Position, meeting: str) -> MeetingExplanation:
    """As `explain`, of a position made before."""
    taken = position.planned[meeting]
    return MeetingExplanation(
        meeting=meeting,
        why=tuple(why(position, meeting, name) for name in taken.attendees),
        gaps=_gaps(position, taken),
        candidates=candidates_at(position, meeting),
    )


def _gaps(position: Position, taken: PlannedMeeting) -> tuple[ExplainedGap, ...]:
    found = tuple(gaps_of(position.problem, taken))
    looked_at = tuple(scenes(position, taken.meeting)) if found else ()
    return tuple(
        ExplainedGap(gap=gap, openings=openings(position, gap, looked_at)) for gap in found
    )


def verified(
    position: Position,
    explanation: MeetingExplanation,
    may_go_on: Callable[[], bool] = lambda: True,
) -> MeetingExplanation:
    """The same, its openings proven one by one: made as small as they can be, or left out.

    Args:
        position: the one that was explained.
        explanation: what `explain` found.
        may_go_on: is asked before each solve; once it says no, the rest stays unverified.
    """
    verifier = Verifier(position)
    gaps = tuple(
        replace(found, openings=_proven(position.problem, verifier, found, may_go_on))
        for found in explanation.gaps
    )
    return replace(explanation, gaps=gaps)


def _proven(
    problem: Problem, verifier: Verifier, found: ExplainedGap, may_go_on: Callable[[], bool]
) -> tuple[Opening, ...]:
    proven: list[Opening] = []
    unseen: list[Opening] = []
    for one in found.openings:
        if _holds_any(one.changes, proven):
            continue
        if not may_go_on():
            unseen.append(one)
            continue
        changes = verifier.smallest(found.gap, one.changes, may_go_on)
        if changes is not None and not _holds_any(changes, proven):
            told = opening(problem, found.gap, Found(changes, one.people, one.fact))
            proven.append(replace(told, verified=True))
    proven.sort(key=lambda one: len(one.changes))
    return (*proven, *unseen)


def _holds_any(changes: tuple[Change, ...], proven: Iterable[Opening]) -> bool:
    """Whether a smaller or the same set is proven already."""
    return any(frozenset(changes).issuperset(other.changes) for other in proven)
