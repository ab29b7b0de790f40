"""Report-backs: what was said and decided at a meeting, told to everybody who was spoken for."""

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key, optional_instant
from scheduler.db.types import rule, words
from scheduler.domain.terms import Carried, DigestPace, Outcome, ReactionKind, Role


class ReportBack(Row, table=True):
    """One version of a meeting's report-back; the newest counts, those before it stay as a trace.

    `coming` says what comes next, `short` is the version in plain language for who follows the
    table, `why` the reason of a correction.
    """

    __tablename__ = "report_back"
    __table_args__ = (UniqueConstraint("meeting_id", "version"), rule("version", "version >= 1"))

    id: int = Field(default=None, primary_key=True)
    meeting_id: str = key("meeting.id")
    version: int
    writer_id: str = key("representative.id")
    sent_at: datetime = instant(index=True)
    coming: str = ""
    short: str
    why: str = ""


class ReportItem(Row, table=True):
    """What came of one point: of the agenda, or a free one where `agenda_item_id` is None."""

    __tablename__ = "report_item"
    __table_args__ = (rule("position", "position >= 0"),)

    report_id: int = key("report_back.id", primary=True)
    position: int = Field(primary_key=True)
    agenda_item_id: str | None = Field(
        default=None, foreign_key="agenda_item.id", index=True, ondelete="SET NULL"
    )
    title: str
    said: str = ""
    outcome: Outcome = Field(sa_type=words(Outcome))


class ReportVoice(Row, table=True):
    """Whether an organisation's voice was carried across at a point."""

    __tablename__ = "report_voice"
    __table_args__ = (
        ForeignKeyConstraint(
            ["report_id", "position"],
            ["report_item.report_id", "report_item.position"],
            ondelete="CASCADE",
        ),
    )

    report_id: int = Field(primary_key=True)
    position: int = Field(primary_key=True)
    organisation_id: str = key("organisation.id", primary=True)
    carried: Carried = Field(sa_type=words(Carried))


class ReportAction(Row, table=True):
    """Who does what by when (inclusive, local), as agreed at a point; `place` tells them apart.

    `changed_at` is when it was agreed, corrected, or done, whichever came last.
    """

    __tablename__ = "report_action"
    __table_args__ = (
        ForeignKeyConstraint(
            ["report_id", "position"],
            ["report_item.report_id", "report_item.position"],
            ondelete="CASCADE",
        ),
        rule("place", "place >= 0"),
    )

    report_id: int = Field(primary_key=True)
    position: int = Field(primary_key=True)
    place: int = Field(primary_key=True)
    what: str
    due_on: date | None = None
    done_at: datetime | None = optional_instant()
    changed_at: datetime = instant(index=True)


class Reaction(Row, table=True):
    """What an organisation says back to a report, and the writer's one answer to it."""

    __tablename__ = "report_reaction"

    id: str = Field(primary_key=True)
    meeting_id: str = key("meeting.id")
    organisation_id: str = key("organisation.id")
    role: Role = Field(sa_type=words(Role))
    kind: ReactionKind = Field(sa_type=words(ReactionKind))
    text: str = ""
    said_at: datetime = instant(index=True)
    answer: str = ""
    answered_by: str | None = key("representative.id", default=None)
    answered_at: datetime | None = optional_instant()


class TableFollow(Row, table=True):
    """A board or a representative follows a table, and reads the short version of its reports."""

    __tablename__ = "table_follow"
    __table_args__ = (rule("follower", "role IN ('board', 'representative')"),)

    table_id: str = key("consultation_table.id", primary=True)
    role: Role = Field(sa_type=words(Role), primary_key=True)
    subject_id: str = Field(primary_key=True)
    since: datetime = instant()


class DigestChoice(Row, table=True):
    """How often a board is mailed what was decided for it, what is coming and what it owes."""

    __tablename__ = "digest_choice"

    organisation_id: str = key("organisation.id", primary=True)
    pace: DigestPace = Field(sa_type=words(DigestPace))
    chosen_at: datetime = instant()
