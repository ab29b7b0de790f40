"""The one clock of an installation: it only wakes what has its work in rows."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from scheduler.db.engine import Database
from scheduler.domain.times import now
from scheduler.flows.planning.plan_period import requeue_interrupted
from scheduler.flows.what_if import working
from scheduler.jobs.planning import solve_next
from scheduler.jobs.supposing import suppose_next
from scheduler.logs import log, where
from scheduler.policy import PlanningPolicy

_QUEUE_SECONDS = 2


@dataclass(frozen=True, slots=True)
class Round:
    """Something to look after every so many seconds; it asks `should_stop` between two pieces."""

    seconds: float
    work: Callable[[Callable[[], bool]], object]


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
    ) -> None:
        """Prepare; nothing ticks before the block begins. `rounds` are ticks besides planning."""
        self._rounds = rounds
        self._database = database
        self._policy = policy
        self._clock = clock
        self._stopping = threading.Event()
        self._scheduler = BackgroundScheduler(timezone="UTC")

    def __enter__(self) -> Self:
        with self._database.session() as session:
            interrupted = requeue_interrupted(session) + working.requeue_interrupted(session)
        if interrupted:
            log.info("%s interrupted plans and suppositions go back into the queue", interrupted)
        self._scheduler.add_job(
            self._work_off_plans,
            IntervalTrigger(seconds=_QUEUE_SECONDS),
            coalesce=True,
            max_instances=1,
        )
        for each in self._rounds:
            self._scheduler.add_job(
                self._go_round,
                IntervalTrigger(seconds=each.seconds),
                args=(each,),
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

    def _go_round(self, each: Round) -> None:
        try:
            each.work(self._stopping.is_set)
        except Exception as error:  # noqa: BLE001 - the next round comes all the same
            log.error("a round failed: %s", where(error))

    def _work_off_plans(self) -> None:
        """Plans first: somebody waits to publish them. Suppositions when none is left."""
        while not self._stopping.is_set():
            if self._next(solve_next) is None and self._next(suppose_next) is None:
                return

    def _next(self, work: Callable[..., int | None]) -> int | None:
        return work(
            self._database, self._policy, clock=self._clock, should_stop=self._stopping.is_set
        )
