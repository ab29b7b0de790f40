"""A problem's independent parts, to be solved apart from one another and joined again.

Loads no optimiser: whoever cuts and joins needs none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from solver.check import check
from solver.derive import Derived
from solver.format import digest_of
from solver.plan import Improvement, Plan, TierScore
from solver.problem import PlannedMeeting, Problem
from solver.search.greedy import first_plan
from solver.search.parts import parts
from solver.standing import Standing, scores


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Meetings that share nothing with others, as well planned as they are by now.

    `standing` is None until somebody has reckoned with it.
    """

    meetings: Mapping[str, PlannedMeeting]
    standing: Standing | None = None


def pieces(problem: Problem) -> tuple[Piece, ...]:
    """The independent parts of a problem, each with its first valid plan.

    Together they hold every meeting, none twice; there always is one.
    """
    return tuple(_begun(problem, part) for part in parts(Derived(problem)))


class Joint:
    """What the pieces of a problem come to together."""

    def __init__(self, problem: Problem, first: Sequence[Piece]) -> None:
        """Begin with the pieces as `pieces` gave them."""
        self._problem = problem
        self._count = len(first)
        self._values = check(problem, _together(problem, first)).tiers

    def improvement(self, standings: Iterable[Standing | None], seconds: float) -> Improvement:
        """The word about how far the whole is, so many seconds after the start."""
        told = self._scores(standings)
        return Improvement(
            tiers=tuple(score.tier for score in told),
            values=tuple(score.value for score in told),
            bounds=tuple(score.bound for score in told),
            seconds=seconds,
        )

    def plan(
        self,
        solved: Sequence[Piece],
        *,
        seed: int,
        workers: int,
        time_limit_seconds: float,
        wall_seconds: float,
    ) -> Plan:
        """The whole plan. Whether it may stand is for `solver.check` to say."""
        return Plan(
            problem=digest_of(self._problem),
            tiers=self._scores(piece.standing for piece in solved),
            seed=seed,
            workers=workers,
            time_limit_seconds=time_limit_seconds,
            wall_seconds=wall_seconds,
            meetings=_together(self._problem, solved),
        )

    def _scores(self, standings: Iterable[Standing | None]) -> tuple[TierScore, ...]:
        known = [each for each in standings if each is not None]
        return scores(self._values, known, self._count)


def _begun(problem: Problem, part: Sequence[str]) -> Piece:
    within = frozenset(part)
    alone = problem.replace(
        meetings={name: problem.meetings[name] for name in part},
        pins=tuple(pin for pin in problem.pins if pin.meeting in within),
    )
    return Piece(meetings=first_plan(Derived(alone)))


def _together(problem: Problem, solved: Iterable[Piece]) -> dict[str, PlannedMeeting]:
    """All meetings, in the document's order."""
    found = {name: planned for each in solved for name, planned in each.meetings.items()}
    return {name: found[name] for name in problem.meetings}
