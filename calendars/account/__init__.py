"""A live CalDAV account (RFC 4791, 5397, 6578) over somebody else's data, to be read only.

The application gives a `CalendarSource` and mounts `account_app(source)` under `/dav`; Radicale
speaks the protocol, and a guard before it lets nothing through that it stumbles over.
"""

from calendars.account.app import account_app
from calendars.account.source import Calendar, CalendarSource, Item, item_of

__all__ = ["Calendar", "CalendarSource", "Item", "account_app", "item_of"]
