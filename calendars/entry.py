"""What stands in a calendar: entries and feeds, free of iCalendar's syntax.

Instants are aware; spans include their start and not their end.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from calendars.errors import BadEntry


class Standing(StrEnum):
    """How sure an entry is (RFC 5545, section 3.8.1.11)."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"


class Partstat(StrEnum):
    """What somebody answered to an invitation (RFC 5545, section 3.2.12)."""

    NEEDS_ACTION = "needs-action"
    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody who invites or is invited, by an address such as `mailto:agenda@example.org`.

    Only of an attendee `partstat` means something.
    """

    address: str
    name: str = ""
    partstat: Partstat = Partstat.NEEDS_ACTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event for one audience.

    Two entries are equal where they say the same; give instants in UTC where that matters, as
    Python never calls two different zones' times equal in the hour that comes twice in October.

    Attributes:
        uid: made once per meeting and stored for ever (RFC 7986, section 5.3).
        revision: rises with every visible change, never falls (SEQUENCE).
        revised_at: the revision's own instant; becomes DTSTAMP and LAST-MODIFIED.
        starts_at, ends_at: instants; shown on the clock of `zone`.
        blocks: whether the time is taken (TRANSP OPAQUE); a cancelled entry never blocks.
        categories: words to colour or filter by.
        conference_url: where to join online (RFC 7986, section 5.11).
        alarms: how long before the start a reminder is shown; none by default.
        all_day: whole days of `zone`, whose midnights `starts_at` and `ends_at` then are.
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
    all_day: bool = False
    zone: str = "Europe/Amsterdam"

    def __post_init__(self) -> None:
        """Refuse what no calendar can show.

        Raises:
            BadEntry: an empty uid, a negative revision, a time without zone, no time at all, or
                whole days that don't begin and end at midnight.
        """
        if not self.uid.strip():
            raise BadEntry("An entry needs a uid.")
        if self.revision < 0:
            raise BadEntry(f"A revision is 0 or more, not {self.revision}.")
        for instant in (self.revised_at, self.starts_at, self.ends_at):
            if instant.utcoffset() is None:
                raise BadEntry(f"{instant.isoformat()} has no time zone.")
        # In UTC: two times of one zone compare by their clock, which is wrong twice a year.
        if self.ends_at.astimezone(UTC) <= self.starts_at.astimezone(UTC):
            raise BadEntry("An entry ends after it starts.")
        if self.all_day and any(each.time() != time() for each in self.days):
            raise BadEntry("Whole days begin and end at midnight.")

    @property
    def days(self) -> tuple[datetime, datetime]:
        """Its start and end on the clock of its zone."""
        zone = ZoneInfo(self.zone)
        return self.starts_at.astimezone(zone), self.ends_at.astimezone(zone)

    @property
    def takes_time(self) -> bool:
        """Whether others may not plan over it: it blocks, and it isn't cancelled."""
        return self.blocks and self.standing is not Standing.CANCELLED


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A calendar that programs subscribe to.

    Attributes:
        name: what programs show it as.
        url: its own address, written into it as SOURCE; empty leaves that out, as one should
            where the address is a secret and the file may be passed on.
        refresh: how often programs should look.
        description: a sentence on what it holds.
    """

    name: str
    url: str
    refresh: timedelta
    entries: tuple[Entry, ...]
    description: str = ""
