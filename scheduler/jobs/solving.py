"""The round past everything that needs the solver."""

from collections.abc import Callable
from datetime import datetime

from scheduler.db.cluster import is_shared
from scheduler.db.engine import Database
from scheduler.jobs.pieces import solve_next_piece
from scheduler.jobs.planning import solve_next
from scheduler.jobs.rounds import Round, ShouldStop
from scheduler.jobs.supposing import suppose_next
from scheduler.policy import PlanningPolicy

_SECONDS = 2
"""How soon a plan that was asked for is taken up."""


def solving_round(
    database: Database, policy: PlanningPolicy, clock: Callable[[], datetime]
) -> Round:
    """Plans first, and what was begun of them: somebody waits to publish them. Then suppositions.

    Where several processes may be at it, a large plan is cut into its independent parts.
    """
    shared = is_shared(database.engine)

    def work(should_stop: ShouldStop) -> None:
        def piece() -> int | None:
            return solve_next_piece(database, clock=clock, should_stop=should_stop)

        def plan() -> int | None:
            return solve_next(
                database, policy, clock=clock, should_stop=should_stop, in_pieces=shared
            )

        def supposition() -> int | None:
            return suppose_next(database, policy, clock=clock, should_stop=should_stop)

        takes = (piece, plan, supposition) if shared else (plan, supposition)
        while not should_stop() and any(take() is not None for take in takes):
            pass

    return Round("solving", _SECONDS, work)
