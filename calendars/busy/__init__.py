"""Somebody's outside calendar as busy time, and as nothing else.

Of an appointment only its start and end leave this package: no title, place or guest.
Whatever could not be read is an error, because time that nobody read is not free time.
"""

from calendars.busy.question import HalfRead, NothingThere, NotReadable, Question, Reading
from calendars.busy.reader import read_busy

__all__ = ["HalfRead", "NotReadable", "NothingThere", "Question", "Reading", "read_busy"]
