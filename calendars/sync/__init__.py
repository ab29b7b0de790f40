"""Copies of our entries in somebody's own calendar, kept true.

Plan, then act (`plan` is pure, `run` does it). The planner owns time, place and title; the
calendar's owner owns reminders, colours, categories and notes, and may take a copy away.
Every step can be repeated, so a run may end anywhere, by a fault or by kill -9.
"""

from calendars.sync.plan import EmptySide, decide
from calendars.sync.retry import Backoff, Breaker, Delivery, Outcome, Phase
from calendars.sync.run import Journal, Report, synchronise
from calendars.sync.state import Desired, Known, Status
from calendars.sync.steps import Reason

__all__ = [
    "Backoff",
    "Breaker",
    "Delivery",
    "Desired",
    "EmptySide",
    "Journal",
    "Known",
    "Outcome",
    "Phase",
    "Reason",
    "Report",
    "Status",
    "decide",
    "synchronise",
]
