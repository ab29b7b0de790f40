"""Other times that the coordinator proposes to who asked."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key, optional_instant
from scheduler.db.types import rule, words
from scheduler.domain.terms import ProposalState


class Proposal(Row, table=True):
    """One proposal for one request, of which at most one is open; `note` and `answer` are words."""

    __tablename__ = "proposal"
    __table_args__ = (
        Index(
            "uq_proposal_open",
            "request_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    request_id: str = key("meeting_request.id")
    note: str = ""
    state: ProposalState = Field(default=ProposalState.OPEN, sa_type=words(ProposalState))
    answer: str = ""
    made_at: datetime = instant()
    answered_at: datetime | None = optional_instant()


class ProposedTime(Row, table=True):
    """A time that would do better, position 0 being liked best. In UTC, the end exclusive."""

    __tablename__ = "proposed_time"
    __table_args__ = (rule("span", "starts_at < ends_at"),)

    proposal_id: int = key("proposal.id", primary=True)
    position: int = Field(primary_key=True)
    starts_at: datetime = instant()
    ends_at: datetime = instant()
