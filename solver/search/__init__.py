"""Finds the best plan: strictly tier by tier, the right engine for each.

`solver.solve` and `solver.solve_piece` are its face. Nothing is imported here, so that what needs
no optimiser, such as a first plan, is reached without loading one.
"""
