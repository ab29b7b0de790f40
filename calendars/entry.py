"""What stands in a calendar: entries and feeds, free of iCalendar's syntax.

Instants are aware; spans include their start and not their end.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Standing(StrEnum):
    """How sure an entry is (RFC 5545, section 3.8.1.11)."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody who invites or is invited, by an address such as `mailto:agenda@example.org`."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event for one audience.

    Attributes:
        uid: made once per meeting and stored for ever (RFC 7986, section 5.3).
        revision: rises with every visible change, never falls (SEQUENCE).
        revised_at: the revision's own instant; becomes DTSTAMP and LAST-MODIFIED.
        starts_at, ends_at: instants; shown on the clock of `zone`.
        blocks: whether the time is taken (TRANSP OPAQUE); a cancelled entry never blocks.
        categories: words to colour or filter by.
        conference_url: where to join online (RFC 7986, section 5.11).
        alarms: how long before the start a reminder is shown; none by default.
        organiser, attendee: only where a client should offer its yes and no; never in copies.
    """

    uid: str
    revision: int
    revised_at: datetime
    starts_at: datetime
    ends_at: datetime
    title: str
    description: str = ""
    location: str | None = None
    url: str | None = None
    conference_url: str | None = None
    categories: tuple[str, ...] = ()
    standing: Standing = Standing.CONFIRMED
    blocks: bool = True
    alarms: tuple[timedelta, ...] = ()
    organiser: Party | None = None
    attendee: Party | None = None
    zone: str = "Europe/Amsterdam"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A calendar that programs subscribe to; `refresh` is how often they should look."""

    name: str
    url: str
    refresh: timedelta
    entries: tuple[Entry, ...]
    description: str = ""
