"""A coordinator's three ways to plan again (rule book, end of section 5)."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from solver.problem import PlannedMeeting, Problem, Tier


class Mode(StrEnum):
    """What counts when there is a plan already: few changes, fair shares, or neither of them."""

    REPAIR = "repair"
    REBALANCE = "rebalance"
    REPLAN = "replan"


_AFTER = {Mode.REPAIR: Tier.PRESENCE, Mode.REBALANCE: Tier.WORKLOAD}


def with_mode(
    problem: Problem, mode: Mode, baseline: Mapping[str, PlannedMeeting] | None = None
) -> Problem:
    """The same problem with the tiers in the mode's order, and against a baseline.

    `stability` comes right after `presence` (repair) or `workload` (rebalance), and first where the
    policy doesn't count that tier. *Replan* leaves it out and takes no baseline.
    """
    tiers: list[Tier] = [tier for tier in problem.policy.tiers if tier is not Tier.STABILITY]
    if mode is Mode.REPLAN:
        return replace(problem, policy=replace(problem.policy, tiers=tuple(tiers)), baseline=None)
    before = _AFTER[mode]
    tiers.insert(tiers.index(before) + 1 if before in tiers else 0, Tier.STABILITY)
    return replace(problem, policy=replace(problem.policy, tiers=tuple(tiers)), baseline=baseline)
