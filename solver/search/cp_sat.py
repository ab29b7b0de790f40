"""CP-SAT as an engine: exact, quick where a tier is about who can be where."""

from ortools.sat.python.cp_model import FEASIBLE, OPTIMAL, CpModel, CpSolver
from ortools.sat.python.cp_model_helper import SatParameters

from solver.search.engine import Answer, Task


def minimise(task: Task) -> Answer:
    """The best that one worker finds and proves; more workers inside CP-SAT only slow it."""
    solver = CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = task.seed
    solver.parameters.max_time_in_seconds = task.time
    if task.guided or task.fixed:
        _presolve_lightly(solver)
    if task.guided:
        solver.parameters.search_branching = SatParameters.LP_SEARCH
        solver.parameters.hint_conflict_limit = 0
        solver.parameters.add_lp_constraints_lazily = not task.at_once
    model = _model(task)
    with task.stopwatch.interrupting(solver.stop_search):
        status = solver.solve(model)
    if status not in {OPTIMAL, FEASIBLE}:
        return Answer(task.values, task.cost.low)
    values = list(solver.response_proto.solution)
    if status == OPTIMAL:
        return Answer(values, task.cost.value(values))
    return Answer(values, max(task.cost.low, round(solver.best_objective_bound)))


def _presolve_lightly(solver: CpSolver) -> None:
    """Where the relaxation is nearly whole, or little is free, a long presolve costs most."""
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    solver.parameters.max_presolve_iterations = 1


def _model(task: Task) -> CpModel:
    """A copy, for several threads may work on one formulation."""
    model = task.formulation.model.clone()
    proto = model.proto
    proto.objective.vars.extend(task.cost.indexes)
    proto.objective.coeffs.extend(task.cost.coefficients)
    proto.objective.offset = task.cost.offset
    proto.solution_hint.vars.extend(range(len(task.values)))
    proto.solution_hint.values.extend(task.values)
    for cost, value in task.ceilings:
        model.add(cost.expression(model) <= value)
    for index in task.fixed:
        domain = proto.variables[index].domain
        domain.clear()
        domain.extend((task.values[index], task.values[index]))
    return model
