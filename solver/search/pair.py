"""Two neighbouring tiers proven in one go, on a model without what comes after them."""

from collections.abc import Mapping
from dataclasses import dataclass

from solver.problem import PlannedMeeting, Tier
from solver.search import cp_sat
from solver.search.deputies import with_deputies
from solver.search.engine import Task
from solver.search.formulation import Formulation


@dataclass(frozen=True, slots=True)
class Proof:
    """The best plan found, bounds on both tiers, and how long the model took to make.

    The first tier's holds for all plans that the formulation allows, the second's for those among
    them that are as good on the first.
    """

    plan: Mapping[str, PlannedMeeting]
    bounds: Mapping[Tier, int]
    seconds_made_in: float


def prove(formulation: Formulation, first: Tier, second: Tier, task: Task) -> Proof:
    """Minimise `task`, whose cost is that of the two tiers combined.

    Where the formulation doesn't say who stands by, the plan has deputies as far as they are free.
    """
    _, factor = formulation.combined(first, second)
    answer = cp_sat.minimise(task)
    best = formulation.polished(answer.values)
    value = formulation.costs[first].value(best.values)
    rest = formulation.costs[second]
    bounds = {
        first: -((rest.high - answer.bound) // factor),
        second: answer.bound - factor * value,
    }
    plan = best.plan
    if not formulation.variables.stands_by and Tier.DEPUTY in _policy(formulation):
        plan = with_deputies(formulation.variables.derived, plan)
    return Proof(plan, bounds, formulation.seconds_made_in)


def _policy(formulation: Formulation) -> tuple[Tier, ...]:
    return tuple(formulation.variables.problem.policy.tiers)
