"""The one clock of a province: it only wakes what has its work in rows."""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Self

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from scheduler.db.engine import Database
from scheduler.domain.times import now
from scheduler.flows.planning.plan_period import requeue_interrupted
from scheduler.flows.what_if import working
from scheduler.jobs.rounds import Round
from scheduler.jobs.solving import solving_round
from scheduler.jobs.turns import Turns
from scheduler.logs import carried, log
from scheduler.policy import PlanningPolicy


class Clock:
    """Ticks inside its block; leaving it stops a running solve, whose plan keeps its best so far.

    Jobs are never stored by the scheduler: a row is the job, so a tick that is missed is made up
    by the next, and two ticks at once find one row between them.
    """

    def __init__(
        self,
        database: Database,
        policy: PlanningPolicy,
        clock: Callable[[], datetime] = now,
        *,
        rounds: Sequence[Round] = (),
        turns: Turns | None = None,
    ) -> None:
        """Prepare; nothing ticks before the block begins.

        `rounds` are ticks besides planning; `turns` to solve are shared with other provinces.
        """
        self._rounds = (solving_round(database, policy, clock, turns), *rounds)
        self._database = database
        self._stopping = threading.Event()
        self._scheduler = BackgroundScheduler(timezone="UTC")

    def __enter__(self) -> Self:
        with self._database.session() as session:
            interrupted = requeue_interrupted(session) + working.requeue_interrupted(session)
        if interrupted:
            log.info("%s interrupted plans and suppositions go back into the queue", interrupted)
        for each in self._rounds:
            self._scheduler.add_job(
                carried(each.go),
                IntervalTrigger(seconds=each.seconds),
                args=(self._stopping.is_set,),
                coalesce=True,
                max_instances=1,
            )
        self._scheduler.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopping.set()
        self._scheduler.shutdown(wait=True)
