"""A meeting explained to who plans: why these, who else, who can't, and what would open more.

Everything here was worked out by the solver's library on the plan as it stands: whoever is called
possible can be sent, and what is said to open a gap was solved for and judged.
"""

from scheduler.flows.explain_meeting.meeting import explain_meeting, places, usual_place
from scheduler.flows.explain_meeting.openings import what_opens
from scheduler.flows.explain_meeting.parts import (
    DEPUTY,
    FREE,
    Change,
    Explained,
    Opening,
    OtherTime,
    Reasons,
    Someone,
)

__all__ = [
    "DEPUTY",
    "FREE",
    "Change",
    "Explained",
    "Opening",
    "OtherTime",
    "Reasons",
    "Someone",
    "explain_meeting",
    "places",
    "usual_place",
    "what_opens",
]
