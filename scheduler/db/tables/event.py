"""What happened, for the software of those who ask: numbered, kept in order, never changed."""

from datetime import datetime

from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key
from scheduler.db.types import words
from scheduler.domain.terms import EventKind, RequestState, Role


class Event(Row, table=True):
    """One thing that happened to a body's request or meeting; the number is the cursor."""

    __tablename__ = "event"

    id: int = Field(default=None, primary_key=True)
    at: datetime = instant()
    role: Role = Field(sa_type=words(Role))
    subject_id: str | None = Field(default=None, index=True)
    kind: EventKind = Field(sa_type=words(EventKind))
    request_id: str | None = key("meeting_request.id", default=None)
    meeting_id: str | None = key("meeting.id", default=None)
    state: RequestState | None = Field(default=None, sa_type=words(RequestState))
