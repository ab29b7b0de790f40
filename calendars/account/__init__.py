"""A live CalDAV account (RFC 4791, 5397, 6578) over somebody else's data.

The application gives a `CalendarSource` and mounts `account_app(source)` under `/dav`; Radicale
answers what is read, and a guard before it lets nothing through that it stumbles over. What is
written goes to the source, which takes it, takes a part of it, or refuses it.
"""

from calendars.account.additions import MOST_BYTES, Additions, Fixed, Written, written_over
from calendars.account.app import account_app
from calendars.account.block import Block, block_of
from calendars.account.source import Calendar, CalendarSource, Item, Openness, item_of
from calendars.account.writing import Condition, Stored, Why, WriteRefused

__all__ = [
    "MOST_BYTES",
    "Additions",
    "Block",
    "Calendar",
    "CalendarSource",
    "Condition",
    "Fixed",
    "Item",
    "Openness",
    "Stored",
    "Why",
    "WriteRefused",
    "Written",
    "account_app",
    "block_of",
    "item_of",
    "written_over",
]
