"""Places where calendar items can be kept: one protocol, and who implements it."""

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
)
from calendars.stores.memory import Fault, MemoryStore
from calendars.stores.protocol import CalendarStore, Changes, Item, Ref

__all__ = [
    "BadAnswer",
    "Busy",
    "CalendarStore",
    "Changed",
    "Changes",
    "Fault",
    "Forbidden",
    "Full",
    "Item",
    "MemoryStore",
    "Missing",
    "Ref",
    "Refused",
    "StoreError",
    "TokenRefused",
    "UidTaken",
    "Unauthorised",
    "Unreachable",
]
