"""What a meeting lacks, and the smallest changes of facts that would close that."""

from solver.explain.gaps.gap import Gap, GapKind, Opening, gaps_of, is_closed
from solver.explain.gaps.openings import openings
from solver.explain.gaps.scenes import Scene, scenes
from solver.explain.gaps.telling import Found, opening

__all__ = [
    "Found",
    "Gap",
    "GapKind",
    "Opening",
    "Scene",
    "gaps_of",
    "is_closed",
    "opening",
    "openings",
    "scenes",
]
