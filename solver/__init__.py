"""Shares out meetings over representatives: a pure optimisation library.

Dataclasses in, dataclasses out; no files, no logging, no clock but its own time limit. Importing
it loads no optimiser; the first use of `solve` does.
"""

from typing import TYPE_CHECKING, Any

from solver.modes import Mode, with_mode
from solver.plan import Improvement, Plan
from solver.problem import Problem

if TYPE_CHECKING:
    from solver.search import solve

__all__ = ["Improvement", "Mode", "Plan", "Problem", "solve", "with_mode"]


def __getattr__(name: str) -> Any:
    """Load the search with its optimisers when it is first asked for (PEP 562)."""
    if name != "solve":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from solver import search  # noqa: PLC0415 — loading it is what is put off

    return search.solve
