"""Learns, beside a proof, which decisions are the same in all plans as good as the best one.

A tier's proof keeps one core busy. On another one the linear relaxation of the same task tells what
would cost more than the best plan does. Settled so, it makes the models of all later tiers smaller.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from solver.search.engine import Task
from solver.search.formulation import Formulation
from solver.search.record import Record
from solver.search.relaxation import Relaxation, relax


class Learner:
    """Relaxes one task at a time in a thread of its own, for as long as its block runs."""

    def __init__(self, formulation: Formulation, record: Record) -> None:
        self._formulation = formulation
        self._record = record
        self._beside = ThreadPoolExecutor(1)
        self._pending: tuple[Task, Future[Relaxation]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._beside.shutdown()

    def begin(self, task: Task) -> None:
        """Start to relax a task, which another engine is about to solve."""
        self._pending = task, self._beside.submit(relax, task)

    def apply(self) -> None:
        """Wait for what was begun, and settle in the whole formulation what follows from it."""
        if self._pending is None:
            return
        (task, relaxing), self._pending = self._pending, None
        best = task.formulation.solution(self._record.best.plan)
        settled = relaxing.result().settled(task.cost.value(best.values))
        self._record.settled.update(task.formulation.named(settled))
        self._formulation.settle(self._record.settled)
