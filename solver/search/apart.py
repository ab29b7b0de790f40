"""One independent part of a problem, solved by itself: on another machine, or another time.

It is solved within the whole problem, for what a region owes depends on all of its parts.
"""

from collections.abc import Callable

from solver.derive import Derived
from solver.pieces import Piece
from solver.problem import Problem
from solver.search.countable import is_countable
from solver.search.formulation import Formulation, Solution
from solver.search.learner import Learner
from solver.search.lexicographic import Lexicographic
from solver.search.record import Record
from solver.search.stopwatch import Stopwatch
from solver.standing import Standing


def solve_piece(
    problem: Problem,
    piece: Piece,
    *,
    time_limit_seconds: float = 60.0,
    seed: int = 1,
    workers: int = 1,
    on_standing: Callable[[Standing], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Piece:
    """The piece planned as well as can be within the time, never worse than it was.

    Args:
        problem: the whole of which this is a piece.
        piece: where it stands; proofs that were found before are kept.
        time_limit_seconds: wall time.
        seed: as for `solver.solve`.
        workers: how many processor cores may be used at once.
        on_standing: is told of every better plan and bound, in whichever thread found it.
        should_stop: as for `solver.solve`.
    """
    stopwatch = Stopwatch(time_limit_seconds, should_stop)
    derived, names = Derived(problem), tuple(piece.meetings)
    if stopwatch.left == 0 or not is_countable(derived, names):
        return piece
    formulation = Formulation(derived, names)
    record = _record(formulation, piece, on_standing)
    with Learner(beside=workers > 1) as learner:
        Lexicographic(
            formulation, record, stopwatch, learner=learner, seed=seed, workers=workers
        ).run()
    return Piece(meetings=record.best.plan, standing=record.standing)


def _record(
    formulation: Formulation, piece: Piece, tell: Callable[[Standing], None] | None
) -> Record:
    """A record that goes on where the piece stands."""

    def told() -> None:
        if tell is not None:
            tell(record.standing)

    floors = {tier: cost.low for tier, cost in formulation.costs.items()}
    record = Record(formulation.solution(piece.meetings), floors, told)
    if piece.standing is not None:
        record.first = Solution({}, (), piece.standing.first)
        record.bounds = dict(zip(floors, piece.standing.bounds, strict=True))
    told()
    return record
