"""Finds the best plan: strictly tier by tier, the right engine for each."""

from solver.search.ledger import Improvement, Listener
from solver.search.solve import solve

__all__ = ["Improvement", "Listener", "solve"]
