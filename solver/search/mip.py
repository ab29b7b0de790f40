"""A mixed-integer engine (SCIP, inside OR-Tools): strong where a tier adds up amounts."""

from datetime import timedelta
from math import ceil

from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from solver.search.engine import Answer, Task
from solver.search.rows import linear_model, satisfied

TRUST = 1e-7
"""How far, in parts of itself, a floating-point bound may be off; the engine's own tolerance."""


def minimise(task: Task) -> Answer:
    """The best found within the time, exactly rounded, and a bound on the safe side."""
    model = linear_model(task.formulation.model, task.cost)
    interrupter = SolveInterrupter()
    with task.stopwatch.interrupting(interrupter.interrupt):
        result = mathopt.solve(
            model,
            mathopt.SolverType.GSCIP,
            params=_parameters(task),
            model_params=_start(model, task),
            interrupter=interrupter,
        )
    bound = _safe(result.termination.objective_bounds.dual_bound, task.cost.low)
    if not result.has_primal_feasible_solution():
        return Answer(task.values, bound)
    found = result.variable_values()
    values = [round(found[variable]) for variable in model.variables()]
    return Answer(values if satisfied(task.formulation.model, values) else task.values, bound)


def _parameters(task: Task) -> mathopt.SolveParameters:
    return mathopt.SolveParameters(
        time_limit=timedelta(seconds=task.time),
        threads=1,
        random_seed=task.seed,
        relative_gap_tolerance=0.0,
        absolute_gap_tolerance=0.0,
    )


def _start(model: mathopt.Model, task: Task) -> mathopt.ModelSolveParameters:
    values = dict(zip(model.variables(), map(float, task.values), strict=True))
    return mathopt.ModelSolveParameters(
        solution_hints=[mathopt.SolutionHint(variable_values=values)]
    )


def _safe(bound: float, low: int) -> int:
    return max(low, ceil(bound - TRUST * max(1.0, abs(bound)))) if bound > low else low
