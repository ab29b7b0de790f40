"""A CP-SAT model as rows of numbers, for engines that know nothing but those.

Everything that `solver.model` posts is a row or a clause; a row that only counts under a condition
gets as much slack as it could ever need where the condition doesn't hold.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

from ortools.math_opt import model_pb2
from ortools.sat.python.cp_model import CpModel

from solver.search.formulation import Cost
from solver.variables import Values

UNBOUNDED = 2**62

Span = tuple[int, int]
"""The least and the greatest value of a variable."""


@dataclass(frozen=True, slots=True)
class Row:
    """`low` ≤ Σ terms ≤ `high`."""

    terms: dict[int, int]
    low: float
    high: float

    def holds(self, values: Values) -> bool:
        """Whether a solution keeps it, reckoned in whole numbers."""
        return self.low <= sum(f * values[i] for i, f in self.terms.items()) <= self.high


def linear_model(model: CpModel, every: Iterable[Row], cost: Cost) -> model_pb2.ModelProto:
    """The same variables in the same order, the same solutions, and a cost to minimise.

    `every` is what `rows` says of the model.
    """
    proto = model_pb2.ModelProto()
    _write_variables(proto, model)
    _write_rows(proto, every)
    terms = sorted(zip(cost.indexes, cost.coefficients, strict=True))
    proto.objective.offset = cost.offset
    proto.objective.linear_coefficients.ids.extend(index for index, _ in terms)
    proto.objective.linear_coefficients.values.extend(factor for _, factor in terms)
    return proto


def domains(model: CpModel) -> list[Span]:
    """The least and the greatest value of every variable, in order."""
    # A list first: the model's own sequences know no index from the end.
    spans = (list(variable.domain) for variable in model.proto.variables)
    return [(span[0], span[-1]) for span in spans]


def rows(model: CpModel) -> Iterator[Row]:
    """Every constraint as a row."""
    spans = domains(model)
    for constraint in model.proto.constraints:
        # Each look at a field of the other kind would turn the constraint into that kind.
        if constraint.has_linear():
            yield _linear(constraint.linear, list(constraint.enforcement_literal), spans)
        elif constraint.has_bool_or():
            yield _clause(constraint.bool_or.literals, low=1, high=inf)
        elif constraint.has_at_most_one():
            yield _clause(constraint.at_most_one.literals, low=-inf, high=1)
        elif constraint.has_exactly_one():
            yield _clause(constraint.exactly_one.literals, low=1, high=1)
        elif constraint.has_bool_and():
            negated = [-1 - condition for condition in constraint.enforcement_literal]
            for literal in constraint.bool_and.literals:
                yield _clause([*negated, literal], low=1, high=inf)
        else:
            raise TypeError(f"No row can be made of {constraint}.")


def _clause(literals: Iterable[int], low: float, high: float) -> Row:
    terms: Counter[int] = Counter()
    negative = 0
    for literal in literals:
        if literal >= 0:
            terms[literal] += 1
        else:
            terms[-1 - literal] -= 1
            negative += 1
    return Row(terms, low - negative, high - negative)


def _linear(linear: Any, conditions: list[int], spans: list[Span]) -> Row:
    terms: Counter[int] = Counter()
    for index, factor in zip(linear.vars, linear.coeffs, strict=True):
        terms[index] += factor
    low, high = list(linear.domain)
    bounded = Row(terms, low if low > -UNBOUNDED else -inf, high if high < UNBOUNDED else inf)
    return _relaxed(bounded, conditions[0], spans) if conditions else bounded


def _relaxed(row: Row, condition: int, spans: list[Span]) -> Row:
    """Room for every value where the one condition, a positive literal, doesn't hold."""
    most = sum(max(f * spans[i][0], f * spans[i][1]) for i, f in row.terms.items())
    slack = max(0, most - int(row.high))
    return Row(
        {**row.terms, condition: row.terms.get(condition, 0) + slack}, -inf, row.high + slack
    )


def _write_variables(proto: model_pb2.ModelProto, model: CpModel) -> None:
    spans = domains(model)
    proto.variables.ids.extend(range(len(spans)))
    proto.variables.lower_bounds.extend(low for low, _ in spans)
    proto.variables.upper_bounds.extend(high for _, high in spans)
    proto.variables.integers.extend([True] * len(spans))


def _write_rows(proto: model_pb2.ModelProto, every: Iterable[Row]) -> None:
    matrix, constraints = proto.linear_constraint_matrix, proto.linear_constraints
    for number, row in enumerate(every):
        constraints.ids.append(number)
        constraints.lower_bounds.append(row.low)
        constraints.upper_bounds.append(row.high)
        terms = sorted((index, factor) for index, factor in row.terms.items() if factor)
        matrix.row_ids.extend([number] * len(terms))
        matrix.column_ids.extend(index for index, _ in terms)
        matrix.coefficients.extend(factor for _, factor in terms)
