"""A solve in a process of its own, so that pages, feeds and the clock go on meanwhile."""

import multiprocessing
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, TypeVar

import solver
from solver.pieces import Piece
from solver.plan import Improvement, Plan
from solver.problem import Problem
from solver.standing import Standing

A = TypeVar("A", Plan, Piece)

_POLL_SECONDS = 0.2
_GRACE_SECONDS = 10.0


OnImprovement = Callable[[Improvement], None]
"""Told of each better plan: its tiers' values, their bounds, and the seconds it took."""

OnStanding = Callable[[Standing], None]
"""Told of each better plan and bound of a piece."""

ShouldStop = Callable[[], bool]
"""Asked again and again whether the best plan so far is good enough."""


class SolverProcessDied(Exception):
    """The child process ended without an answer: killed, or out of memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How long and how the solver may search."""

    time_limit_seconds: float
    seed: int
    workers: int


def solve_apart(
    problem: Problem,
    effort: Effort,
    *,
    on_improvement: OnImprovement | None = None,
    should_stop: ShouldStop | None = None,
) -> Plan:
    """Solve in a child process and give its plan; asked to stop, it gives the best so far.

    Raises:
        SolverProcessDied: no plan came back.
    """
    return _apart(Plan, _solve_and_send, (problem, effort), on_improvement, should_stop)


def solve_piece_apart(
    problem: Problem,
    piece: Piece,
    effort: Effort,
    *,
    on_standing: OnStanding | None = None,
    should_stop: ShouldStop | None = None,
) -> Piece:
    """The same for an independent part of a problem.

    Raises:
        SolverProcessDied: no piece came back.
    """
    asked = (problem, piece, effort)
    return _apart(Piece, _solve_piece_and_send, asked, on_standing, should_stop)


def _apart(
    answer: type[A],
    work: Callable[..., None],
    asked: tuple[Any, ...],
    tell: Callable[[Any], None] | None,
    should_stop: ShouldStop | None,
) -> A:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=work, args=(theirs, *asked))
    child.start()
    theirs.close()
    try:
        return _listen(ours, answer, tell, should_stop)
    except (EOFError, OSError) as error:
        child.join(_GRACE_SECONDS)
        raise SolverProcessDied(f"the solver ended with exit code {child.exitcode}") from error
    finally:
        ours.close()
        _end(child)


def _listen(
    ours: Connection,
    answer: type[A],
    tell: Callable[[Any], None] | None,
    should_stop: ShouldStop | None,
) -> A:
    asked = False
    while True:
        if not asked and should_stop is not None and should_stop():
            ours.send("stop")
            asked = True
        if not ours.poll(_POLL_SECONDS):
            continue
        message = ours.recv()
        if isinstance(message, answer):
            return message
        if tell is not None:
            tell(message)


def _end(child: SpawnProcess) -> None:
    child.join(_GRACE_SECONDS)
    if child.is_alive():
        child.kill()
        child.join()


def _solve_and_send(theirs: Connection, problem: Problem, effort: Effort) -> None:
    """The child's whole life. A parent that has gone closes the pipe, which also means stop."""
    _leave_signals_to_the_parent()
    plan = solver.solve(
        problem,
        time_limit_seconds=effort.time_limit_seconds,
        seed=effort.seed,
        workers=effort.workers,
        on_improvement=theirs.send,
        should_stop=theirs.poll,
    )
    theirs.send(plan)


def _solve_piece_and_send(
    theirs: Connection, problem: Problem, piece: Piece, effort: Effort
) -> None:
    """Likewise, for a piece."""
    _leave_signals_to_the_parent()
    solved = solver.solve_piece(
        problem,
        piece,
        time_limit_seconds=effort.time_limit_seconds,
        seed=effort.seed,
        workers=effort.workers,
        on_standing=theirs.send,
        should_stop=theirs.poll,
    )
    theirs.send(solved)


def _leave_signals_to_the_parent() -> None:
    """Ctrl-C reaches the whole group of processes; the parent decides what it means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
