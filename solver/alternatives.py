"""Up to three other plans that truly differ, each the best of its kind, and what each costs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from time import monotonic

from solver.check import check
from solver.modes import Mode, with_mode
from solver.plan import Plan
from solver.position import Effect
from solver.problem import PlannedMeeting, Problem, Tier

__all__ = ["Alternative", "Kind", "alternatives", "of_kind"]

_FIRST = (Tier.PRESENCE, Tier.VOICE)
"""What no kind gives up: tables with people at them, and everybody heard."""


class Kind(StrEnum):
    """What an alternative is the best at."""

    FEWEST_CHANGES = "fewest_changes"
    FAIREST = "fairest"
    LEAST_TRAVEL = "least_travel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A plan of one kind.

    `plan` has its scores in the order of its own kind. `values` are those of all eight tiers under
    the rule book, changes counted against the present plan; `difference` is those less the present
    plan's.
    """

    kind: Kind
    plan: Plan
    values: Mapping[Tier, int]
    difference: Effect


def alternatives(
    problem: Problem,
    present: Plan | Mapping[str, PlannedMeeting],
    *,
    time_limit_seconds: float = 60.0,
    seed: int = 1,
    workers: int = 1,
    should_stop: Callable[[], bool] | None = None,
) -> tuple[Alternative, ...]:
    """Solve once for each kind, and leave out what is the present plan or another kind's.

    Args:
        problem: as `solver.format.validated` accepts it.
        present: the plan that there is. It may break rules, such as after somebody dropped out.
        time_limit_seconds: wall time for all together; what one leaves is the others'.
        seed: as of `solve`.
        workers: as of `solve`.
        should_stop: as of `solve`; what is found by then is the answer.

    Raises:
        BadDocument: `present` isn't a plan for this problem.
    """
    # Loaded only where it is needed: it brings the optimisers.
    from solver.search.solve import solve  # noqa: PLC0415

    planned = present.meetings if isinstance(present, Plan) else present
    measured = replace(problem, baseline=planned)
    before = check(measured, planned).all_tiers
    deadline = monotonic() + time_limit_seconds
    found: list[Alternative] = []
    met = [_shape(planned)]
    for number, kind in enumerate(Kind):
        if should_stop is not None and should_stop():
            break
        left = max(0.0, deadline - monotonic()) / (len(Kind) - number)
        plan = solve(
            of_kind(problem, kind, planned),
            time_limit_seconds=left,
            seed=seed,
            workers=workers,
            should_stop=should_stop,
        )
        if _shape(plan.meetings) not in met:
            met.append(_shape(plan.meetings))
            found.append(_alternative(measured, kind, plan, before))
    return tuple(found)


def of_kind(problem: Problem, kind: Kind, present: Mapping[str, PlannedMeeting]) -> Problem:
    """The problem with the kind's tier early, and then the policy's own order.

    `present` is the plan that there is; only *fewest changes* counts what differs from it.
    """
    if kind is Kind.FEWEST_CHANGES:
        return with_mode(problem, Mode.REPAIR, present)
    early = Tier.WORKLOAD if kind is Kind.FAIREST else Tier.COMFORT
    tiers = tuple(tier for tier in problem.policy.tiers if tier is not Tier.STABILITY)
    first = tuple(tier for tier in tiers if tier in _FIRST)
    order = dict.fromkeys((*first, early, *tiers))
    return replace(problem, policy=replace(problem.policy, tiers=tuple(order)), baseline=None)


def _alternative(
    measured: Problem, kind: Kind, plan: Plan, before: Mapping[Tier, int]
) -> Alternative:
    values = check(measured, plan).all_tiers
    difference = {tier: values[tier] - before[tier] for tier in values}
    return Alternative(kind=kind, plan=plan, values=values, difference=difference)


def _shape(planned: Mapping[str, PlannedMeeting]) -> dict[str, tuple[object, ...]]:
    """What people notice of a plan: who attends and stands by, when."""
    return {
        name: (entry.slot, frozenset(entry.attendees), entry.deputy)
        for name, entry in planned.items()
    }
