"""Connections to calendars elsewhere: which, what for, and what is known of each copy there."""

from datetime import datetime

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key, optional_instant
from scheduler.db.types import rule, words
from scheduler.domain.terms import CalendarUse, DeliveryPhase


class Connection(Row, table=True):
    """A representative's way to one account elsewhere, or to one open .ics address.

    `address` is what was typed in; of an open .ics address, which is a secret, only the host.
    `sealed_secret` is the app password, or that address, sealed with the installation's key.
    `home` is where calendars can be made there; empty for an open address, as is `username`.
    """

    __tablename__ = "connection"
    __table_args__ = (UniqueConstraint("representative_id", "address", "username"),)

    id: str = Field(primary_key=True)
    representative_id: str = key("representative.id")
    address: str
    username: str = ""
    sealed_secret: bytes = Field(sa_type=LargeBinary)
    server: str = ""
    home: str = ""
    paused: bool = False
    created_at: datetime = instant()


class ConnectedCalendar(Row, table=True):
    """One calendar of a connection, with one use, and how it stands with it.

    `url` is empty for our own calendar until it has been made, and for an open .ics address.
    `attempts` failed in a row, the first of them at `failing_since`. `said_nl` and `said_en` are
    the last result in words. `asks_if_empty`: one side is suddenly empty; `is_meant_empty`: its
    owner said that this is no fault. `is_half_read`: of its entries some could not be read.
    `publication` is the one that was written last; `token` is the server's word for the state
    that we saw last. `lease_holder` is the process that is at work on it until `lease_until`, so
    that a killed one lets go by itself.
    """

    __tablename__ = "connected_calendar"
    __table_args__ = (
        UniqueConstraint("connection_id", "use", "url"),
        rule("attempts", "attempts >= 0"),
    )

    id: str = Field(primary_key=True)
    connection_id: str = key("connection.id")
    use: CalendarUse = Field(sa_type=words(CalendarUse))
    url: str = ""
    name: str = ""
    is_chosen: bool = False
    asks_if_empty: bool = False
    is_meant_empty: bool = False
    is_half_read: bool = False
    phase: DeliveryPhase = Field(default=DeliveryPhase.READY, sa_type=words(DeliveryPhase))
    attempts: int = 0
    not_before: datetime | None = optional_instant()
    failing_since: datetime | None = optional_instant()
    said_nl: str = ""
    said_en: str = ""
    tried_at: datetime | None = optional_instant()
    succeeded_at: datetime | None = optional_instant()
    compared_at: datetime | None = optional_instant()
    publication: int = 0
    token: str | None = None
    lease_until: datetime | None = optional_instant()
    lease_holder: str = ""


class KnownCopy(Row, table=True):
    """What we last did to one copy of a meeting elsewhere, and saw of it (`calendars.sync`)."""

    __tablename__ = "sync_known"

    calendar_id: str = key("connected_calendar.id", primary=True)
    uid: str = Field(primary_key=True)
    href: str
    revision: int
    version: str
    written: bytes = Field(sa_type=LargeBinary)
    etag: str | None = None
    status: str
    generation: int = 1
    restored_version: str | None = None
    restored_from: str | None = None


class CalendarServer(Row, table=True):
    """One server elsewhere, and whether it has to be left alone for a while."""

    __tablename__ = "calendar_server"

    origin: str = Field(primary_key=True)
    failures: int = 0
    open_until: datetime | None = optional_instant()
