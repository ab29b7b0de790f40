"""Plans: what the solver was asked, how well it did, and who it sends where."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKeyConstraint, Index, text
from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key, optional_instant
from scheduler.db.types import rule, words
from scheduler.domain.terms import Part, PlanKind, PlanMode, PlanState


def _names() -> Any:
    """A list of identifiers; None is all of them."""
    return Field(default=None, sa_column=Column(JSON(none_as_null=True)))


class Plan(Row, table=True):
    """One plan over a period (both days inclusive, local). The row is the job that solves it.

    What began at `as_of` or before is past to it: held, or too late.

    With a `mode` it starts from a publication, `baseline_number`, and only what is free may change:
    from `free_first_day` to `free_last_day` (inclusive, local), at `free_tables`, by the people of
    `free_organisations` (None: all); the `absent` attend nothing in those days. While it is solved
    its tiers hold the best so far. `stop_asked`: that is good enough. `interruptions` counts how
    often a worker died over it; `adjusted` says that a coordinator changed the answer. With
    `restores_number` it wasn't solved: it brings that publication back.

    `claims` counts how often it was taken up: only its last taker, while `lease_until` is ahead or
    nobody else has come, may write in it.

    What is asked in one go stands side by side: the plan of the mode leads, and those of another
    `kind` name it in `lead_id`; the seconds are for all of them together. `wish` tells two wishes
    apart while the leading plan is being made, so that the same one is never worked on twice.
    `left_out` are the meetings that were moved or called off while it was solved.
    """

    __tablename__ = "plan"
    __table_args__ = (
        rule("period", "first_day <= last_day"),
        rule("free_days", "free_first_day <= free_last_day"),
        Index(
            "uq_plan_one_wish",
            "wish",
            unique=True,
            sqlite_where=text("state IN ('queued', 'solving')"),
            postgresql_where=text("state IN ('queued', 'solving')"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    first_day: date
    last_day: date
    as_of: datetime = instant()
    state: PlanState = Field(sa_type=words(PlanState))
    created_at: datetime = instant()
    finished_at: datetime | None = optional_instant()
    seed: int
    workers: int
    time_limit_seconds: float
    wall_seconds: float | None = None
    problem_digest: str | None = None
    optimal: bool = False
    failure: str = ""
    mode: PlanMode | None = Field(default=None, sa_type=words(PlanMode))
    baseline_number: int | None = None
    restores_number: int | None = None
    free_first_day: date | None = None
    free_last_day: date | None = None
    free_tables: list[str] | None = _names()
    free_organisations: list[str] | None = _names()
    absent: list[str] | None = _names()
    started_at: datetime | None = optional_instant()
    stop_asked: bool = False
    interruptions: int = 0
    claims: int = 0
    lease_until: datetime | None = optional_instant()
    adjusted: bool = False
    lead_id: int | None = key("plan.id", default=None)
    kind: PlanKind | None = Field(default=None, sa_type=words(PlanKind))
    wish: str | None = None
    left_out: list[str] | None = _names()


class PlanTier(Row, table=True):
    """How good a plan is on one tier; lower is better, None is no known bound.

    `before` is what the publication it starts from is worth on the same tier.
    """

    __tablename__ = "plan_tier"

    plan_id: int = key("plan.id", primary=True)
    position: int = Field(primary_key=True)
    name: str
    value: int
    bound: int | None
    proven: bool
    before: int | None = None


class PlannedMeeting(Row, table=True):
    """A meeting in a plan, in one of its slots; None where nobody attends."""

    __tablename__ = "planned_meeting"

    plan_id: int = key("plan.id", primary=True)
    meeting_id: str = key("meeting.id", primary=True)
    slot_position: int | None


class Assignment(Row, table=True):
    """A representative attends a planned meeting, or stands by as its one deputy.

    How, and how far (one way, in minutes, 0 online), is the rule book's reckoning for this plan.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        ForeignKeyConstraint(
            ["plan_id", "meeting_id"],
            ["planned_meeting.plan_id", "planned_meeting.meeting_id"],
            ondelete="CASCADE",
        ),
        Index(
            "uq_assignment_one_deputy",
            "plan_id",
            "meeting_id",
            unique=True,
            sqlite_where=text("part = 'deputy'"),
            postgresql_where=text("part = 'deputy'"),
        ),
    )

    plan_id: int = Field(primary_key=True)
    meeting_id: str = Field(primary_key=True)
    representative_id: str = key("representative.id", primary=True)
    part: Part = Field(sa_type=words(Part))
    online: bool
    travel_minutes: int


class Voice(Row, table=True):
    """An organisation is heard at a planned meeting through the one that speaks for it."""

    __tablename__ = "voice"
    __table_args__ = (
        ForeignKeyConstraint(
            ["plan_id", "meeting_id"],
            ["planned_meeting.plan_id", "planned_meeting.meeting_id"],
            ondelete="CASCADE",
        ),
    )

    plan_id: int = Field(primary_key=True)
    meeting_id: str = Field(primary_key=True)
    organisation_id: str = key("organisation.id", primary=True)
    speaker_id: str = key("organisation.id")
