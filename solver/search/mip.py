"""A mixed-integer engine (SCIP, inside OR-Tools): strong where a tier adds up amounts."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from math import ceil
from time import time

from solver.search.engine import Answer, Task
from solver.search.relaxation import relax, relaxed
from solver.search.rows import Row, linear_model, rows
from solver.search.scip import Message, Request
from solver.variables import Values

TRUST = 1e-7
"""How far, in parts of itself, a floating-point bound may be off: the engine's own tolerance."""

HANDOVER_SECONDS = 0.3
"""What handing over the last solution and the bound may take."""


def minimise(
    task: Task, on_better: Callable[[Values], None], on_bound: Callable[[int], None]
) -> Answer:
    """The best found within the time, and a bound on the safe side.

    `on_better` gets every solution and `on_bound` every bound as soon as it is found; the first
    bound, that of the linear relaxation, comes within seconds and is exact. Solutions were rounded,
    and have been found to keep every row exactly.
    """
    every = list(rows(task.formulation.model))
    best, bound = task.values, task.cost.low
    for values, known in _findings(task, every):
        if known > bound:
            bound = known
            on_bound(bound)
        if values is not None and _is_better(task, every, values, best):
            best = values
            on_better(values)
    return Answer(best, bound)


def quick_bound(task: Task) -> int:
    """The bound of the linear relaxation alone; exact."""
    return max(task.cost.low, relax(task).bound)


def _is_better(task: Task, every: list[Row], values: Values, best: Values) -> bool:
    return task.cost.value(values) < task.cost.value(best) and all(
        row.holds(values) for row in every
    )


def _findings(task: Task, every: list[Row]) -> Iterator[tuple[Values | None, int]]:
    """Solutions, none with what is only a bound, and each time a bound that holds."""
    model = linear_model(task.formulation.model, every, task.cost)
    request = Request(
        model=model.SerializeToString(),
        # A start far from the best costs the engine more time than it saves.
        start=list(task.values) if task.gap == 0 else None,
        deadline=time() + task.time - HANDOVER_SECONDS,
        seed=task.seed,
        gap=task.gap,
    )
    command = [sys.executable, "-c", f"from {Request.__module__} import main; main()"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(  # noqa: S603 — this interpreter, this package
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as child:
        try:
            with task.stopwatch.interrupting(child.kill):
                _ask(child, request)
                yield None, relaxed(task, every, model).bound
                for message in _answers(child):
                    yield message.values, _safe(message.bound, task.cost.low)
        finally:
            child.kill()


def _ask(child: "subprocess.Popen[bytes]", request: Request) -> None:
    # A child that was stopped already needs no question.
    with suppress(BrokenPipeError):
        if child.stdin is not None:
            with child.stdin:
                pickle.dump(request, child.stdin)


def _answers(child: "subprocess.Popen[bytes]") -> Iterator[Message]:
    # It has said all, or was stopped in the middle of a word.
    with suppress(EOFError, pickle.UnpicklingError):
        while child.stdout is not None:
            yield pickle.load(child.stdout)  # noqa: S301 — our own child wrote it


def _safe(bound: float | None, low: int) -> int:
    if bound is None or bound <= low:
        return low
    return max(low, ceil(bound - TRUST * max(1.0, abs(bound))))
