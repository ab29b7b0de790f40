"""Suppositions: what would happen if. They are answered beside the plan, and never change it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, text
from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key, optional_instant
from scheduler.db.types import words
from scheduler.domain.terms import PlanMode, Role, SuppositionKind, SuppositionState


class Supposition(Row, table=True):
    """One supposition, and what came of it. The row is the job that works it out.

    `given` is what is supposed, by its kind (`flows.what_if.suppositions`). It is worked out from
    `as_of` to the `last_day` (local, inclusive), beside the publication `baseline_number`: once
    with it and once without it, for the same seconds each. `progress` is how far that is, and
    `outcome` what came of it (`flows.what_if.outcome`).

    `wish` tells two suppositions apart while they are worked out. `again_of` is the one that this
    one asks anew, on the facts of a later day. `claims` and `lease_until` are as of a plan.
    """

    __tablename__ = "supposition"
    __table_args__ = (
        Index(
            "uq_supposition_one_wish",
            "wish",
            unique=True,
            sqlite_where=text("state IN ('queued', 'solving')"),
            postgresql_where=text("state IN ('queued', 'solving')"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    kind: SuppositionKind = Field(sa_type=words(SuppositionKind))
    given: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    mode: PlanMode = Field(sa_type=words(PlanMode))
    state: SuppositionState = Field(sa_type=words(SuppositionState))
    as_of: datetime = instant()
    first_day: date
    last_day: date
    baseline_number: int
    seed: int
    workers: int
    time_limit_seconds: float
    wish: str
    again_of: int | None = key("supposition.id", default=None)
    asked_at: datetime = instant()
    asked_role: Role = Field(sa_type=words(Role))
    asked_by: str | None = None
    started_at: datetime | None = optional_instant()
    finished_at: datetime | None = optional_instant()
    kept_at: datetime | None = optional_instant()
    kept_role: Role | None = Field(default=None, sa_type=words(Role, "kept_role"))
    kept_by: str | None = None
    stop_asked: bool = False
    interruptions: int = 0
    claims: int = 0
    lease_until: datetime | None = optional_instant()
    failure: str = ""
    progress: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    outcome: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
