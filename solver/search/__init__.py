"""Finds the best plan: strictly tier by tier, the right engine for each."""

from solver.search.ledger import Listener
from solver.search.solve import solve

__all__ = ["Listener", "solve"]
