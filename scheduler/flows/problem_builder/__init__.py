"""Rows to a planning problem: one snapshot of what is known, as the solver wants to be asked."""

from scheduler.flows.problem_builder.builder import Question, build_problem, office_hours
from scheduler.flows.problem_builder.meetings import with_barred, with_declined
from scheduler.flows.problem_builder.rosters import draft_roster

__all__ = [
    "Question",
    "build_problem",
    "draft_roster",
    "office_hours",
    "with_barred",
    "with_declined",
]
