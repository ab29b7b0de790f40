"""The round past everything that needs the solver."""

from collections.abc import Callable
from datetime import datetime

from scheduler.db.cluster import is_shared
from scheduler.db.engine import Database
from scheduler.jobs.pieces import solve_next_piece
from scheduler.jobs.planning import solve_next
from scheduler.jobs.rounds import Round, ShouldStop
from scheduler.jobs.supposing import suppose_next
from scheduler.jobs.turns import Turns
from scheduler.policy import PlanningPolicy

_SECONDS = 2
"""How soon a plan that was asked for is taken up."""

_ANY = 1_000
"""More turns than are ever wanted: without other provinces nobody waits for one."""


def solving_round(
    database: Database,
    policy: PlanningPolicy,
    clock: Callable[[], datetime],
    turns: Turns | None = None,
) -> Round:
    """Plans first, and what was begun of them: somebody waits to publish them. Then suppositions.

    Where several processes may be at it, a large plan is cut into its independent parts.
    `turns` are shared with other provinces in this process; None: there are none.
    """
    shared = is_shared(database.engine)
    mine = turns or Turns(_ANY)

    def work(should_stop: ShouldStop) -> None:
        def piece() -> int | None:
            return solve_next_piece(database, clock=clock, should_stop=should_stop)

        def plan() -> int | None:
            return solve_next(
                database, policy, clock=clock, should_stop=should_stop, in_pieces=shared
            )

        def supposition() -> int | None:
            return suppose_next(database, policy, clock=clock, should_stop=should_stop)

        def done(take: Callable[[], int | None]) -> bool:
            with mine.turn(should_stop) as is_ours:
                return is_ours and take() is not None

        takes = (piece, plan, supposition) if shared else (plan, supposition)
        while not should_stop() and any(done(take) for take in takes):
            pass

    return Round("solving", _SECONDS, work)
