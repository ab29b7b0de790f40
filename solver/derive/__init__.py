"""Section 3 of the rule book, once, for solver, checker and explanations alike.

Times are whole UTC minutes. Everything is reckoned when it is first asked for and then remembered,
so that a whole country can be loaded and only what matters is worked out.
"""

from solver.derive.derived import Derived
from solver.derive.mandates import in_force
from solver.derive.obstacles import Cause, Obstacle
from solver.derive.slots import Month, SlotTime, Week

__all__ = ["Cause", "Derived", "Month", "Obstacle", "SlotTime", "Week", "in_force"]
