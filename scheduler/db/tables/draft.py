"""The coordinators' working draft, and every step that was taken in it by hand."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key
from scheduler.db.types import rule, words
from scheduler.domain.terms import Adjustment, Role, StepState


class WorkingDraft(Row, table=True):
    """The one draft that coordinators change by hand; there is at most one row.

    `version` counts every change ever made to a working draft: it never falls, also where a new
    draft takes the place of one that was published. Without a plan, or with one that is no draft
    any more, nothing has been changed since the publication in force.
    """

    __tablename__ = "working_draft"
    __table_args__ = (rule("only_one", "id = 1"),)

    id: int = Field(default=1, primary_key=True)
    plan_id: int | None = Field(
        default=None, foreign_key="plan.id", ondelete="SET NULL", index=True
    )
    version: int = 0


class DraftStep(Row, table=True):
    """One change at one meeting, with what stood there before and after.

    `made_on` is the version that the coordinator was looking at, `version` the draft's own once the
    step was last done or undone. `asked` tells two wishes apart, so that the same form sent twice
    is one step.

    `broken` is which rules the plan broke before it, by no fault of the coordinator's.
    """

    __tablename__ = "draft_step"

    id: int = Field(default=None, primary_key=True)
    plan_id: int = key("plan.id")
    meeting_id: str = key("meeting.id")
    representative_id: str | None = key("representative.id", default=None)
    act: Adjustment = Field(sa_type=words(Adjustment))
    state: StepState = Field(default=StepState.DONE, sa_type=words(StepState))
    made_on: int
    version: int = Field(index=True)
    asked: str
    at: datetime = instant()
    role: Role = Field(sa_type=words(Role))
    actor_id: str | None = None
    before: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    after: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    broken: list[list[str | None]] = Field(sa_column=Column(JSON, nullable=False))
