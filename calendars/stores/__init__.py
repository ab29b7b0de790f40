"""Places where calendar items can be kept: one protocol, and who implements it."""

from calendars.stores.caldav import CalDavStore
from calendars.stores.discovery import check_connection, make_calendar
from calendars.stores.errors import (
    BadAnswer,
    Busy,
    Changed,
    Forbidden,
    Full,
    Missing,
    Refused,
    StoreError,
    TokenRefused,
    UidTaken,
    Unauthorised,
    Unreachable,
    Untrusted,
)
from calendars.stores.findings import Findings, FoundCalendar, Problem
from calendars.stores.guard import Guard, NotAllowed
from calendars.stores.memory import Fault, MemoryStore
from calendars.stores.protocol import CalendarStore, Changes, Item, Ref
from calendars.stores.quirks import Quirks, recognise
from calendars.stores.web import Answer, Bounds, Login, Web

__all__ = [
    "Answer",
    "BadAnswer",
    "Bounds",
    "Busy",
    "CalDavStore",
    "CalendarStore",
    "Changed",
    "Changes",
    "Fault",
    "Findings",
    "Forbidden",
    "FoundCalendar",
    "Full",
    "Guard",
    "Item",
    "Login",
    "MemoryStore",
    "Missing",
    "NotAllowed",
    "Problem",
    "Quirks",
    "Ref",
    "Refused",
    "StoreError",
    "TokenRefused",
    "UidTaken",
    "Unauthorised",
    "Unreachable",
    "Untrusted",
    "Web",
    "check_connection",
    "make_calendar",
    "recognise",
]
