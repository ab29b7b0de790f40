"""The two lanes: solving, which takes minutes and both cores, and everything else."""

from collections.abc import Callable
from datetime import datetime

from scheduler.db.engine import Database
from scheduler.domain.secrets import SecretKey
from scheduler.jobs.all_rounds import all_rounds
from scheduler.jobs.cluster.lane import Lane
from scheduler.jobs.solving import solving_round
from scheduler.jobs.turns import Turns
from scheduler.policy import PlanningPolicy
from scheduler.settings import Settings

SOLVING, ROUNDS = "solving", "rounds"


def lanes_of(
    settings: Settings,
    database: Database,
    key: SecretKey,
    policy: PlanningPolicy,
    clock: Callable[[], datetime],
    *,
    turns: Turns | None = None,
) -> tuple[Lane, ...]:
    """What one `aantafel work` does; without solves at once there is no lane for solving.

    `turns` to solve are shared with the other provinces that it works for.
    """
    solving = Lane(
        name=SOLVING,
        rounds=(solving_round(database, policy, clock, turns),),
        at_once=settings.work.solves,
        together=True,
    )
    rounds = Lane(
        name=ROUNDS,
        rounds=all_rounds(settings, database, key, clock),
        at_once=settings.work.rounds,
        together=False,
    )
    return tuple(lane for lane in (solving, rounds) if lane.at_once)
