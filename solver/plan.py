"""The answer to a planning problem: who attends which meeting, and how good that is."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from solver.problem import PlannedMeeting, Tier


class Status(StrEnum):
    """`optimal` only where every tier is proven."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"


@dataclass(frozen=True, slots=True, kw_only=True)
class TierScore:
    """A plan's value on one tier, lower is better.

    `bound`: no valid plan that keeps the tiers before it at their values here goes below it; None
    where no such figure is known. `proven` is bound = value.
    """

    tier: Tier
    value: int
    bound: int | None

    @property
    def proven(self) -> bool:
        """Whether nothing better exists while the tiers before keep their values."""
        return self.bound == self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan for one problem. `meetings` holds every meeting of the problem, by identifier.

    `problem` is the digest of the problem's document (`solver.format.digest`); seconds are of wall
    time.
    """

    problem: str
    tiers: tuple[TierScore, ...]
    seed: int
    workers: int
    time_limit_seconds: float
    wall_seconds: float
    meetings: Mapping[str, PlannedMeeting]

    @property
    def status(self) -> Status:
        """Optimal exactly when every tier is proven."""
        proven = all(score.proven for score in self.tiers)
        return Status.OPTIMAL if proven else Status.FEASIBLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Improvement:
    """A better plan or a better bound, `seconds` after the start.

    `tiers`, `values` and `bounds` run side by side, in the policy's order; a bound is valid as
    `TierScore.bound` is, None where none is known yet.
    """

    tiers: tuple[Tier, ...]
    values: tuple[int, ...]
    bounds: tuple[int | None, ...]
    seconds: float
