"""What a meeting lacks, and the smallest changes of facts that would close that."""

from solver.explain.gaps.gap import Gap, GapKind, Opening, gaps_of, is_closed
from solver.explain.gaps.openings import openings

__all__ = ["Gap", "GapKind", "Opening", "gaps_of", "is_closed", "openings"]
