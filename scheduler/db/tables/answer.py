"""What representatives answer, and what they do with a meeting in their own calendar."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key, optional_instant
from scheduler.db.types import rule, words
from scheduler.domain.terms import Choice, Way


class Answer(Row, table=True):
    """A representative's answer to one published revision of a meeting; a later one replaces it.

    What it said before stands in the audit. A comment is never asked for. Who said no stays out of
    the plan for this meeting, until the coordinator knows better (`lifted_at`). `could_online`: who
    can't come says that they could take part online. `after_no`: this answer took back a no.
    """

    __tablename__ = "answer"
    __table_args__ = (rule("revision", "revision >= 0"),)

    representative_id: str = key("representative.id", primary=True)
    meeting_id: str = key("meeting.id", primary=True)
    revision: int = Field(primary_key=True)
    choice: Choice = Field(sa_type=words(Choice))
    comment: str = ""
    could_online: bool = False
    after_no: bool = False
    way: Way = Field(sa_type=words(Way))
    answered_at: datetime = instant()
    lifted_at: datetime | None = optional_instant()


class OwnPart(Row, table=True):
    """What a representative did with a meeting in their own calendar; for that person's eyes.

    `additions` are the reminders, colour, categories and notes that a calendar program added.
    Of revision `hidden_revision` the person took it out; with `opted_out` it stays out for good.
    `refused` names what they tried to change of revision `refused_revision`, and can't.
    """

    __tablename__ = "own_part"

    representative_id: str = key("representative.id", primary=True)
    meeting_id: str = key("meeting.id", primary=True)
    additions: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    hidden_revision: int | None = None
    opted_out: bool = False
    refused: str = ""
    refused_revision: int | None = None
    changed_at: datetime | None = optional_instant()
