"""Somebody else's public calendar as proposals for meetings: .ics, and mini-ORI's JSON.

Nothing is lost in silence. What could be read is a proposal; what could not is named, with what
was done about it.
"""

from calendars.municipal.found import (
    Asked,
    EntryFault,
    Found,
    NotReadable,
    Proposal,
    Reason,
    What,
)
from calendars.municipal.reader import LIMITS, read_municipal

__all__ = [
    "LIMITS",
    "Asked",
    "EntryFault",
    "Found",
    "NotReadable",
    "Proposal",
    "Reason",
    "What",
    "read_municipal",
]
