"""The exact model of a problem, or of a part of it, with the tiers of its policy counted."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from time import monotonic, thread_time

from ortools.sat.python.cp_model import CpModel, FlatIntExpr, LinearExpr

from solver.derive import Derived
from solver.model import COSTS, post_hard_rules
from solver.problem import PlannedMeeting, Tier
from solver.variables import Decision, Values, Variables

LOGICAL = frozenset({Tier.PRESENCE, Tier.VOICE, Tier.EXPERTISE, Tier.DEPUTY, Tier.STABILITY})
"""Tiers about who can be where: CP-SAT proves two of them in one go faster than one by one."""

Vector = tuple[int, ...]
"""A plan's values, tier by tier in the policy's order; compared as tuples are."""


@dataclass(frozen=True, slots=True)
class Cost:
    """A linear cost over the variables of a model, flat."""

    indexes: Sequence[int]
    coefficients: Sequence[int]
    offset: int
    low: int
    high: int

    def value(self, values: Values) -> int:
        """What a solution costs."""
        terms = zip(self.indexes, self.coefficients, strict=True)
        return self.offset + sum(factor * values[index] for index, factor in terms)

    def expression(self, model: CpModel) -> LinearExpr:
        """As CP-SAT reads it."""
        variables = [model.get_int_var_from_proto_index(index) for index in self.indexes]
        return LinearExpr.weighted_sum(variables, self.coefficients) + self.offset


@dataclass(frozen=True, slots=True)
class Solution:
    """A plan, the same as a solution of the model, and its values."""

    plan: Mapping[str, PlannedMeeting]
    values: Values
    vector: Vector


class Formulation:
    """One CP-SAT model; tiers once settled are held at their values.

    With only the first of the policy's `tiers` it is smaller, for nobody stands by where no deputy
    counts, and its bounds on those tiers hold as well: leaving out who stands by keeps every rule.
    How long it took to make tells how large it is and how quick the machine: `seconds_made_in` by
    the clock, `processor_seconds` without what else the machine did meanwhile.
    """

    def __init__(
        self,
        derived: Derived,
        meetings: Sequence[str] | None = None,
        tiers: Sequence[Tier] | None = None,
    ) -> None:
        started, worked = monotonic(), thread_time()
        self._meetings = meetings
        self.variables = Variables(derived, meetings, tiers)
        self.model = self.variables.model
        self.tiers = self.variables.tiers
        post_hard_rules(self.variables)
        self.costs: dict[Tier, Cost] = {}
        self._beginning: CpModel | None = None
        for tier in self.tiers:
            if self._beginning is None and tier not in LOGICAL:
                self._beginning = self.model.clone()
            self.costs[tier] = self._flat(tier)
        self.seconds_made_in = monotonic() - started
        self.processor_seconds = thread_time() - worked

    def solution(self, plan: Mapping[str, PlannedMeeting]) -> Solution:
        """A plan as a complete solution, with its exact values."""
        values = self.variables.complete(plan, len(self.model.proto.variables))
        vector = tuple(self.costs[tier].value(values) for tier in self.tiers)
        return Solution(plan, values, vector)

    def polished(self, values: Values) -> Solution:
        """The plan in an engine's solution, with everything that follows at its best value."""
        return self.solution(self.variables.plan(values))

    def up_to(self, tier: Tier) -> "Formulation":
        """A smaller one, in which nothing counts that comes after a tier, and nothing is held."""
        tiers = self.tiers[: self.tiers.index(tier) + 1]
        if (
            self._beginning is None
            or not LOGICAL.issuperset(tiers)
            or not self.variables.decides_as_much_for(tiers)
        ):
            return Formulation(self.variables.derived, self._meetings, tiers)
        return self._before_later_costs(self._beginning.clone(), tiers)

    def _before_later_costs(self, model: CpModel, tiers: Sequence[Tier]) -> "Formulation":
        """Made once, used twice: as far as the model had come before costs other than logical."""
        earlier = copy(self)
        earlier.model, earlier.tiers = model, tuple(tiers)
        earlier.costs = {tier: self.costs[tier] for tier in tiers}
        return earlier

    def hold(self, tier: Tier, value: int) -> None:
        """From now on allow no plan that is worse on a tier."""
        self.model.add(self.costs[tier].expression(self.model) <= value)

    def settle(self, decisions: Mapping[Decision, int]) -> None:
        """From now on allow one value only for each of these decisions, where it is made here."""
        for decision, index in self.variables.names():
            if decision in decisions:
                domain = self.model.proto.variables[index].domain
                domain.clear()
                domain.extend((decisions[decision],) * 2)

    def named(self, values: Mapping[int, int]) -> dict[Decision, int]:
        """What is known of variables, told of the decisions among them."""
        return {name: values[index] for name, index in self.variables.names() if index in values}

    def combined(self, tier: Tier, next_tier: Tier) -> tuple[Cost, int]:
        """Two tiers as one cost, compared one after the other, and the factor of the first."""
        first, second = self.costs[tier], self.costs[next_tier]
        factor = second.high - second.low + 1
        weights = dict.fromkeys((*first.indexes, *second.indexes), 0)
        for cost, scale in ((first, factor), (second, 1)):
            for index, coefficient in zip(cost.indexes, cost.coefficients, strict=True):
                weights[index] += scale * coefficient
        offset, low, high = (
            factor * a + b
            for a, b in (
                (first.offset, second.offset),
                (first.low, second.low),
                (first.high, second.high),
            )
        )
        return Cost(list(weights), list(weights.values()), offset, low, high), factor

    def _flat(self, tier: Tier) -> Cost:
        amount = COSTS[tier](self.variables)
        if isinstance(amount, int):
            return Cost((), (), amount, amount, amount)
        flat = FlatIntExpr(amount)
        indexes = [variable.index for variable in flat.vars]
        low = high = flat.offset
        for index, factor in zip(indexes, flat.coeffs, strict=True):
            domain = list(self.model.proto.variables[index].domain)
            ends = sorted((factor * domain[0], factor * domain[-1]))
            low, high = low + ends[0], high + ends[1]
        if tier is not Tier.COMFORT:
            # The terms one by one can't tell: only preferences ever count below nothing.
            low = max(low, 0)
        return Cost(indexes, list(flat.coeffs), flat.offset, low, high)
