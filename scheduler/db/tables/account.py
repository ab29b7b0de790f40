"""What calendar programs write into a representative's account."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key, optional_instant


class CalendarWrite(Row, table=True):
    """Which writing, by the representative's own count, changed an item last; kept when it goes."""

    __tablename__ = "calendar_write"

    representative_id: str = key("representative.id", primary=True)
    calendar: str = Field(primary_key=True)
    href: str = Field(primary_key=True)
    number: int = Field(index=True)


class BusyBlock(Row, table=True):
    """An event of a representative's own: shown to that person to the byte, and to nobody else.

    Planning sees its `Busy` rows only. `content` is sealed with the installation's key. `searched`
    is its times alone; `read_until` is how far a recurring one has been read (exclusive), None for
    one that doesn't recur.
    """

    __tablename__ = "busy_block"
    __table_args__ = (UniqueConstraint("representative_id", "uid"),)

    representative_id: str = key("representative.id", primary=True)
    href: str = Field(primary_key=True)
    uid: str
    content: bytes
    searched: bytes
    starts_at: datetime = instant()
    ends_at: datetime = instant()
    written_at: datetime = instant()
    read_until: datetime | None = optional_instant()
