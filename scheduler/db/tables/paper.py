"""Papers that are sent along with a request or stand with an agenda item, as files."""

from datetime import datetime

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key
from scheduler.db.types import rule


class Paper(Row, table=True):
    """One file: its name as it was given, what it turned out to be, and its bytes.

    The same bytes for the same request or item are one file, so that sending them twice adds one.
    """

    __tablename__ = "paper"
    __table_args__ = (
        UniqueConstraint("request_id", "digest"),
        UniqueConstraint("agenda_item_id", "digest"),
        rule("owner", "(request_id IS NULL) <> (agenda_item_id IS NULL)"),
        rule("size", "size >= 1"),
    )

    id: str = Field(primary_key=True)
    request_id: str | None = key("meeting_request.id", default=None)
    agenda_item_id: str | None = key("agenda_item.id", default=None)
    name: str
    media_type: str
    size: int
    digest: str
    content: bytes = Field(sa_type=LargeBinary)
    added_at: datetime = instant()
