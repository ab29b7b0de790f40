"""What is kept of people (AVG): given to them, erased for them, and not kept for ever."""

from scheduler.flows.privacy.erase import erase_colleague, erase_person
from scheduler.flows.privacy.export import calendar_of_person, record_of_person
from scheduler.flows.privacy.inventory import Holds, inventory
from scheduler.flows.privacy.retention import tidy

__all__ = [
    "Holds",
    "calendar_of_person",
    "erase_colleague",
    "erase_person",
    "inventory",
    "record_of_person",
    "tidy",
]
