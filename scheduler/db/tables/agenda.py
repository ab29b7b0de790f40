"""What a meeting is about, item by item."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from scheduler.db.tables.base import Row, key
from scheduler.db.types import rule


class AgendaItem(Row, table=True):
    """One point of a meeting's agenda, in the order of `position` (0 is the first).

    `summary` says in plain language what it is about, `question` what the tenants are asked.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (
        UniqueConstraint("meeting_id", "position"),
        rule("position", "position >= 0"),
    )

    id: str = Field(primary_key=True)
    meeting_id: str = key("meeting.id")
    position: int
    title: str
    summary: str = ""
    question: str = ""
