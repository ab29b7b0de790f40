"""The linear relaxation: what it would cost if everything could be shared out in fractions.

An engine in floating point only proposes how much each row should count. What follows from that is
reckoned in whole numbers, so it holds however far off the proposal is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import inf

from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from solver.search.engine import Task
from solver.search.rows import Row, Span, domains, linear_model, rows

SCALE = 2**20
"""Multipliers of rows are rounded to parts of this size."""

LARGEST_FACTOR = 1e15
"""From here on HiGHS refuses a model. Nobody means such numbers, and they have a relaxation all the
same: one that counts no row.
"""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """What every solution costs at least, and which variables may not change at that price.

    None costs less than `floor`, and each step of a variable away from the end of its span that its
    price favours costs so much more. Floor and prices are in parts of `SCALE`.
    """

    floor: int
    prices: Sequence[int]
    spans: Sequence[Span]

    @property
    def bound(self) -> int:
        """The least whole number that a solution may cost."""
        return -(-self.floor // SCALE)

    def settled(self, cost: int) -> dict[int, int]:
        """The variables that have one value only in all solutions that cost no more, with it."""
        room = cost * SCALE - self.floor
        return {
            index: low if price > 0 else high
            for index, (price, (low, high)) in enumerate(zip(self.prices, self.spans, strict=True))
            if abs(price) > room
        }


def relax(task: Task) -> Relaxation:
    """The relaxation of a task; where time doesn't allow it, a true one that says little."""
    every = list(rows(task.formulation.model))
    return relaxed(task, every, linear_model(task.formulation.model, every, task.cost))


def relaxed(task: Task, every: Sequence[Row], model: model_pb2.ModelProto) -> Relaxation:
    """The same, where rows and model are at hand."""
    factors = model.linear_constraint_matrix.coefficients
    if max(map(abs, factors), default=0) >= LARGEST_FACTOR:
        return reckoned(task, every, [0.0] * len(every))
    return reckoned(task, every, _proposed(model, task.time))


def _proposed(proto: model_pb2.ModelProto, seconds: float) -> Sequence[float]:
    model = mathopt.Model.from_model_proto(proto)
    for variable in model.variables():
        variable.integer = False
    parameters = mathopt.SolveParameters(time_limit=timedelta(seconds=seconds))
    result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters)
    every = list(model.linear_constraints())
    if not result.has_dual_feasible_solution():
        return [0.0] * len(every)
    return list(result.dual_values(every))


def reckoned(task: Task, every: Sequence[Row], counts: Sequence[float]) -> Relaxation:
    """What follows from counting every row so often, whatever the counts are.

    Rows hold, so the cost is no less than their sides, counted so often, and what they leave over
    of it: the prices.
    """
    spans = domains(task.formulation.model)
    prices = [0] * len(spans)
    for index, factor in zip(task.cost.indexes, task.cost.coefficients, strict=True):
        prices[index] += factor * SCALE
    floor = task.cost.offset * SCALE
    for row, count in zip(every, counts, strict=True):
        times = round(count * SCALE)
        side = row.low if times > 0 else row.high
        if times and abs(side) < inf:
            floor += times * int(side)
            for index, factor in row.terms.items():
                prices[index] -= times * factor
    floor += sum(
        price * (low if price > 0 else high)
        for price, (low, high) in zip(prices, spans, strict=True)
    )
    return Relaxation(floor, prices, spans)
