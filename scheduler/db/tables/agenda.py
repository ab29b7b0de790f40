"""What a meeting is about, item by item."""

from datetime import datetime

from sqlalchemy import JSON, Column, Index, text
from sqlmodel import Field

from scheduler.db.tables.base import Row, key, optional_instant
from scheduler.db.types import rule

_THERE = "removed_at IS NULL"


class AgendaItem(Row, table=True):
    """One point of a meeting's agenda, in the order of `position` (0 is the first).

    `summary` says in plain language what it is about, `question` what the tenants are asked, and
    `links` are the addresses of its papers. One that was taken off the agenda stays, with what was
    said about it.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (
        Index(
            "uq_agenda_item_one_place",
            "meeting_id",
            "position",
            unique=True,
            sqlite_where=text(_THERE),
            postgresql_where=text(_THERE),
        ),
        rule("position", "position >= 0"),
    )

    id: str = Field(primary_key=True)
    meeting_id: str = key("meeting.id")
    position: int
    title: str
    summary: str = ""
    question: str = ""
    links: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    removed_at: datetime | None = optional_instant()
