"""The independent parts of a plan while it is solved: jobs of their own, for whoever is free."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, LargeBinary
from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key, optional_instant
from scheduler.db.types import words
from scheduler.domain.terms import PieceState


class PlanQuestion(Row, table=True):
    """What the solver is asked, the same for all pieces of a plan, until `ends_at` if it can.

    `document` is the problem's (`solver.format`), packed by zlib; `digest` is that of the document.
    It is there as long as the plan is being solved.
    """

    __tablename__ = "plan_question"

    plan_id: int = key("plan.id", primary=True)
    digest: str
    document: bytes = Field(sa_type=LargeBinary)
    ends_at: datetime = instant()


class PlanPiece(Row, table=True):
    """Meetings of a plan that share nothing with its others. The row is the job that solves them.

    `meetings` is how they are planned by now, `standing` how good that is (`solver.pieces`). How
    good they will be planned by who is at it stands in `ahead` meanwhile: if that worker is lost,
    so is what it had found. `claims`, `lease_until` and `interruptions` are as of a plan.
    """

    __tablename__ = "plan_piece"

    id: int = Field(default=None, primary_key=True)
    plan_id: int = key("plan_question.plan_id")
    state: PieceState = Field(sa_type=words(PieceState))
    meetings: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))
    standing: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    ahead: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    started_at: datetime | None = optional_instant()
    interruptions: int = 0
    claims: int = 0
    lease_until: datetime | None = optional_instant()
    failure: str = ""
