"""A bound within seconds: what it would cost if everything could be shared out in fractions."""

from datetime import timedelta
from math import inf

from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt


def relaxed_bound(model: model_pb2.ModelProto, seconds: float) -> float:
    """The optimum of the linear relaxation; minus infinity where time doesn't allow it."""
    relaxed = mathopt.Model.from_model_proto(model)
    for variable in relaxed.variables():
        variable.integer = False
    parameters = mathopt.SolveParameters(time_limit=timedelta(seconds=seconds))
    result = mathopt.solve(relaxed, mathopt.SolverType.GLOP, params=parameters)
    if result.termination.reason is not mathopt.TerminationReason.OPTIMAL:
        return -inf
    return float(result.objective_value())
