"""Finds the best plan: strictly tier by tier, the right engine for each."""
