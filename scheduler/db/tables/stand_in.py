"""Who is asked to go in somebody's place, and what became of it."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key, optional_instant
from scheduler.db.types import words
from scheduler.domain.terms import Part, StandInState

_OPEN = "state = 'open'"


class StandInRequest(Row, table=True):
    """Somebody can't come, or can't stand by, and others are asked; the first who can takes it.

    Of one person there is at most one open request for a meeting. `taken_by` is who took it.
    """

    __tablename__ = "stand_in_request"
    __table_args__ = (
        Index(
            "uq_stand_in_request_open",
            "meeting_id",
            "representative_id",
            unique=True,
            sqlite_where=text(_OPEN),
            postgresql_where=text(_OPEN),
        ),
    )

    id: str = Field(primary_key=True)
    meeting_id: str = key("meeting.id")
    representative_id: str = key("representative.id")
    part: Part = Field(sa_type=words(Part))
    state: StandInState = Field(default=StandInState.OPEN, sa_type=words(StandInState))
    asked_at: datetime = instant()
    closed_at: datetime | None = optional_instant()
    taken_by: str | None = key("representative.id", default=None)


class StandInAsked(Row, table=True):
    """One person who is asked; `agreed`: who asks says that this person has said yes already."""

    __tablename__ = "stand_in_asked"

    request_id: str = key("stand_in_request.id", primary=True)
    representative_id: str = key("representative.id", primary=True)
    agreed: bool = False
    asked_at: datetime = instant()
    declined_at: datetime | None = optional_instant()
