"""When somebody can be asked, in their own words: a week, days away, limits, wishes, an end."""

from scheduler.flows.availability.conflicts import Conflict, conflicts_of
from scheduler.flows.availability.own import Absent, Hours, OwnAvailability
from scheduler.flows.availability.parts import PARTS, ticks_of, with_ticks
from scheduler.flows.availability.read import own_availability
from scheduler.flows.availability.record import (
    last_change,
    record_availability,
    undo_availability,
)

__all__ = [
    "PARTS",
    "Absent",
    "Conflict",
    "Hours",
    "OwnAvailability",
    "conflicts_of",
    "last_change",
    "own_availability",
    "record_availability",
    "ticks_of",
    "undo_availability",
    "with_ticks",
]
