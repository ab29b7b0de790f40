"""Why a plan is as it is, and what would have to be otherwise; without solving it again.

Only `verified` solves, small and quick, to prove what `explain` supposes.
"""

from solver.explain.changes import Change, applied
from solver.explain.gaps import Gap, GapKind, Opening
from solver.explain.meeting import (
    ExplainedGap,
    MeetingExplanation,
    explain,
    explain_at,
    verified,
)
from solver.explain.patch import Operation, patch
from solver.explain.reasons import reasons
from solver.explain.values import (
    by_meeting,
    by_organisation,
    by_region,
    by_representative,
    by_series,
    parts_of_tier,
)
from solver.explain.why import Rival, Why, why
from solver.explain.words import TIERS, difference, differences

__all__ = [
    "TIERS",
    "Change",
    "ExplainedGap",
    "Gap",
    "GapKind",
    "MeetingExplanation",
    "Opening",
    "Operation",
    "Rival",
    "Why",
    "applied",
    "by_meeting",
    "by_organisation",
    "by_region",
    "by_representative",
    "by_series",
    "difference",
    "differences",
    "explain",
    "explain_at",
    "parts_of_tier",
    "patch",
    "reasons",
    "verified",
    "why",
]
