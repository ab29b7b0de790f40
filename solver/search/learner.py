"""Learns which decisions are the same in all plans as good as the best one.

While a tier's proof keeps one core busy, the linear relaxation of the same task tells on another
one what would cost more than the best plan does; with one core it does so after the proof. What is
settled makes the models of all later tiers smaller.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import Self

from solver.search.engine import Task
from solver.search.formulation import Formulation
from solver.search.record import Record
from solver.search.relaxation import Relaxation, relax


class Learner:
    """Relaxes one task at a time, `beside` all else or once it is asked for.

    When its block ends nobody waits for what is still under way: it ends soon by itself.
    """

    def __init__(self, *, beside: bool) -> None:
        self._pool = ThreadPoolExecutor(1)
        self._beside = beside
        self._task: Task | None = None
        self._relaxing: Future[Relaxation] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def begin(self, task: Task) -> None:
        """Start to relax a task, which another engine is about to solve."""
        self._task = task
        self._relaxing = self._pool.submit(relax, task) if self._beside else None

    def apply(self, formulation: Formulation, record: Record) -> None:
        """Wait for what was begun, and settle in the whole formulation what follows from it."""
        if self._task is None:
            return
        task, self._task = self._task, None
        relaxing = self._relaxing or self._pool.submit(relax, task)
        with suppress(TimeoutError):
            relaxation = relaxing.result(task.stopwatch.left)
            best = task.formulation.solution(record.best.plan)
            settled = relaxation.settled(task.cost.value(best.values))
            record.settled.update(task.formulation.named(settled))
            formulation.settle(record.settled)
