"""A look at an installation's health: what is wrong, what may become so, and what to do."""

from scheduler.flows.doctor.examine import examine, look_quickly
from scheduler.flows.doctor.finding import Finding, Ground, State

__all__ = ["Finding", "Ground", "State", "examine", "look_quickly"]
