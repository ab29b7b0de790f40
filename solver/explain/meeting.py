"""Everything about one meeting of a plan: why these people, who else, what lacks and what opens."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from solver.candidates import Candidate, candidates_at
from solver.explain.gaps import Gap, Opening, gaps_of, openings
from solver.explain.verify import closes
from solver.explain.why import Why, why
from solver.plan import Plan
from solver.position import Position
from solver.problem import PlannedMeeting, Problem


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
        gaps=tuple(
            ExplainedGap(gap=gap, openings=openings(position, gap))
            for gap in gaps_of(position.problem, taken)
        ),
        candidates=candidates_at(position, meeting),
    )


def verified(
    position: Position,
    explanation: MeetingExplanation,
    may_go_on: Callable[[], bool] = lambda: True,
) -> MeetingExplanation:
    """The same, its openings looked at one by one: those that hold are marked, others left out.

    Args:
        position: the one that was explained.
        explanation: what `explain` found.
        may_go_on: is asked before each solve; once it says no, the rest stays unverified.
    """
    gaps = tuple(
        replace(found, openings=tuple(_looked_at(position, found, may_go_on)))
        for found in explanation.gaps
    )
    return replace(explanation, gaps=gaps)


def _looked_at(
    position: Position, found: ExplainedGap, may_go_on: Callable[[], bool]
) -> Iterator[Opening]:
    for opening in found.openings:
        if not may_go_on():
            yield opening
        elif closes(position.problem, position.planned, found.gap, opening):
            yield replace(opening, verified=True)
