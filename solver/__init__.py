"""Shares out meetings over representatives: a pure optimisation library.

Dataclasses in, dataclasses out; no files, no logging, no clock but its own time limit. Importing
it loads neither an optimiser nor anything that explains; the first use does.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from solver.modes import Mode, with_mode
from solver.plan import Improvement, Plan
from solver.problem import Problem

if TYPE_CHECKING:
    from solver.ranking import candidates
    from solver.search.apart import solve_piece
    from solver.search.solve import solve

__all__ = [
    "Improvement",
    "Mode",
    "Plan",
    "Problem",
    "candidates",
    "solve",
    "solve_piece",
    "with_mode",
]

_LATER = {
    "candidates": "solver.ranking",
    "solve": "solver.search.solve",
    "solve_piece": "solver.search.apart",
}


def __getattr__(name: str) -> Any:
    """Load what is heavy when it is first asked for (PEP 562)."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATER[name]), name)
