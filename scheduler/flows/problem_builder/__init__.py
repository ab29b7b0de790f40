"""Rows to a planning problem: one snapshot of what is known, as the solver wants to be asked."""

from scheduler.flows.problem_builder.builder import Question, build_problem

__all__ = ["Question", "build_problem"]
