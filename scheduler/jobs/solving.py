"""The round past everything that needs the solver."""

from collections.abc import Callable
from datetime import datetime

from scheduler.db.engine import Database
from scheduler.jobs.planning import solve_next
from scheduler.jobs.rounds import Round, ShouldStop
from scheduler.jobs.supposing import suppose_next
from scheduler.jobs.turns import Turns
from scheduler.policy import PlanningPolicy

_SECONDS = 2
"""How soon a plan that was asked for is taken up."""

_ANY = 1_000


def solving_round(
    database: Database,
    policy: PlanningPolicy,
    clock: Callable[[], datetime],
    turns: Turns | None = None,
) -> Round:
    """Plans first: somebody waits to publish them. Suppositions when none is left.

    `turns` are shared with other provinces in this process; None: there are none.
    """
    mine = turns or Turns(_ANY)

    def work(should_stop: ShouldStop) -> None:
        def done(take: Callable[..., int | None]) -> bool:
            with mine.turn(should_stop) as is_ours:
                return is_ours and (
                    take(database, policy, clock=clock, should_stop=should_stop) is not None
                )

        while not should_stop() and (done(solve_next) or done(suppose_next)):
            pass

    return Round("solving", _SECONDS, work)
