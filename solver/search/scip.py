"""What a child process runs: it minimises rows of numbers with SCIP.

A process of its own, because inside OR-Tools nothing can stop SCIP but its end. It reads one
pickled `Request` from its standard input, and writes pickled `Message`s to its standard output:
every better solution at once, and at last the proof.
"""

import pickle
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from time import time

from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to minimise, from where, and until when. The model is a serialised `ModelProto`.

    `deadline` is in seconds since 1970, so that starting the process counts too.
    """

    model: bytes
    start: list[int] | None
    deadline: float
    seed: int
    gap: float


@dataclass(frozen=True, slots=True)
class Message:
    """A solution, or at the end the bound (and a solution where one was found)."""

    values: list[int] | None
    bound: float | None


def minimise(request: Request, tell: Callable[[Message], None]) -> None:
    """Tell every better solution, then the bound."""
    proto = model_pb2.ModelProto()
    proto.ParseFromString(request.model)
    model = mathopt.Model.from_model_proto(proto)
    variables = list(model.variables())

    def on_solution(data: mathopt.CallbackData) -> mathopt.CallbackResult:
        found = data.solution or {}
        tell(Message([round(found[variable]) for variable in variables], None))
        return mathopt.CallbackResult()

    hints = []
    if request.start is not None:
        start = dict(zip(variables, map(float, request.start), strict=True))
        hints = [mathopt.SolutionHint(variable_values=start)]
    result = mathopt.solve(
        model,
        mathopt.SolverType.GSCIP,
        params=mathopt.SolveParameters(
            time_limit=timedelta(seconds=max(0.0, request.deadline - time())),
            threads=1,
            random_seed=request.seed,
            relative_gap_tolerance=request.gap,
            absolute_gap_tolerance=0.0,
        ),
        model_params=mathopt.ModelSolveParameters(solution_hints=hints),
        callback_reg=mathopt.CallbackRegistration(events={mathopt.Event.MIP_SOLUTION}),
        cb=on_solution,
    )
    best = result.variable_values() if result.has_primal_feasible_solution() else None
    values = None if best is None else [round(best[variable]) for variable in variables]
    tell(Message(values, result.termination.objective_bounds.dual_bound))


def main() -> None:
    """Serve one request."""
    request = pickle.load(sys.stdin.buffer)  # noqa: S301 — our own parent wrote it
    output = sys.stdout.buffer

    def tell(message: Message) -> None:
        pickle.dump(message, output)
        output.flush()

    minimise(request, tell)
