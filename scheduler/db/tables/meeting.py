"""Tables (overlegtafels), their meetings, when these could be held, and for whom they matter."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key
from scheduler.db.types import rule, words
from scheduler.domain.terms import (
    Character,
    DecisionRule,
    InputSharing,
    Level,
    MeetingState,
    Mode,
    VoteSharing,
    WeightRule,
)

_OWNER = (
    "(level = 'municipality' AND municipality_id IS NOT NULL)"
    " OR (level = 'corporation' AND corporation_id IS NOT NULL)"
    " OR (level = 'province')"
)


class Table(Row, table=True):
    """A recurring consultation, such as the performance agreements of one municipality.

    Its kind says how it usually meets. With an organisation, that one alone is asked to it. It
    meets no more after `last_day`, where there is one. Input is due `input_days` before a meeting
    (None: the installation's setting), and shared as `input_sharing` says.

    Where it `votes`, it does so by a decision and a weight rule, with `votes_each` where all
    organisations count alike, and if `quorum_percent` of them take part (0: no quorum).
    `vote_sharing` is what organisations see of each other's votes.
    With `shares_reports` the body at whose table it is reads the short version of reports.
    With `pair_wanted` a volunteer and a professional go there together.
    """

    __tablename__ = "consultation_table"
    __table_args__ = (
        rule("owner", _OWNER),
        rule("input_days", "input_days IS NULL OR input_days BETWEEN 0 AND 90"),
        rule("votes_each", "votes_each BETWEEN 1 AND 1000"),
        rule("quorum", "quorum_percent BETWEEN 0 AND 100"),
    )

    id: str = Field(primary_key=True)
    name: str
    kind_id: str | None = key("table_kind.id", cascade=False, default=None)
    level: Level = Field(sa_type=words(Level))
    character: Character = Field(sa_type=words(Character))
    municipality_id: str | None = key("municipality.id", cascade=False, default=None)
    corporation_id: str | None = key("corporation.id", cascade=False, default=None)
    organisation_id: str | None = key("organisation.id", cascade=False, default=None)
    source: str = ""
    confidence: str = ""
    last_day: date | None = None
    input_days: int | None = None
    input_sharing: InputSharing = Field(
        default=InputSharing.AFTER_LAST_DAY, sa_type=words(InputSharing)
    )
    shares_reports: bool = False
    pair_wanted: bool = False
    votes: bool = False
    decision_rule: DecisionRule = Field(
        default=DecisionRule.ORGANISATIONS, sa_type=words(DecisionRule)
    )
    weight_rule: WeightRule = Field(default=WeightRule.EQUAL, sa_type=words(WeightRule))
    votes_each: int = 1
    quorum_percent: int = 0
    vote_sharing: VoteSharing = Field(default=VoteSharing.BY_NAME, sa_type=words(VoteSharing))


class Meeting(Row, table=True):
    """One date at a table, or a single one; its slots say when it could be.

    `uid` is the calendar's name for it: made once, never changed. A meeting of the past is never
    deleted; one that is called off is cancelled. `repeats_id` is the meeting of the year before
    that it was set ready from: each is repeated once.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        rule("owner", _OWNER),
        rule("seats", "seats_min BETWEEN 0 AND seats_max AND seats_max >= 1"),
        rule("work", "preparation_minutes >= 0 AND report_minutes >= 0"),
        rule("place", "place_id IS NOT NULL OR mode = 'online'"),
    )

    id: str = Field(primary_key=True)
    uid: str = Field(unique=True)
    title: str
    table_id: str | None = key("consultation_table.id", cascade=False, default=None)
    level: Level = Field(sa_type=words(Level))
    character: Character = Field(sa_type=words(Character))
    municipality_id: str | None = key("municipality.id", cascade=False, default=None)
    corporation_id: str | None = key("corporation.id", cascade=False, default=None)
    mode: Mode = Field(sa_type=words(Mode))
    place_id: str | None = key("place.id", cascade=False, default=None)
    conference_url: str | None = None
    topics: list[str] = Field(sa_column=Column(JSON, nullable=False))
    expertise: list[str] = Field(sa_column=Column(JSON, nullable=False))
    seats_min: int
    seats_max: int
    preparation_minutes: int
    report_minutes: int
    deputy_wanted: bool
    state: MeetingState = Field(default=MeetingState.PLANNED, sa_type=words(MeetingState))
    is_sample: bool = False
    repeats_id: str | None = Field(
        default=None, foreign_key="meeting.id", ondelete="SET NULL", unique=True
    )


class Slot(Row, table=True):
    """A time at which a meeting could be held; position 0 is the one liked best. Ends exclusive."""

    __tablename__ = "slot"
    __table_args__ = (
        UniqueConstraint("meeting_id", "starts_at", "ends_at"),
        rule("span", "starts_at < ends_at"),
        rule("position", "position >= 0"),
    )

    meeting_id: str = key("meeting.id", primary=True)
    position: int = Field(primary_key=True)
    starts_at: datetime = instant(index=True)
    ends_at: datetime = instant()


class Interest(Row, table=True):
    """An organisation must be heard at a meeting; the weight is its dwellings there, or 1."""

    __tablename__ = "interest"
    __table_args__ = (rule("weight", "weight >= 1"),)

    meeting_id: str = key("meeting.id", primary=True)
    organisation_id: str = key("organisation.id", primary=True)
    weight: int


class Pin(Row, table=True):
    """A coordinator's word: this representative attends, in this slot or in whichever is taken."""

    __tablename__ = "pin"

    meeting_id: str = key("meeting.id", primary=True)
    representative_id: str = key("representative.id", primary=True)
    slot_position: int | None = None


class Ban(Row, table=True):
    """This representative doesn't come to this meeting, or with None to none at all."""

    __tablename__ = "ban"
    __table_args__ = (
        UniqueConstraint("meeting_id", "representative_id"),
        Index(
            "uq_ban_everywhere",
            "representative_id",
            unique=True,
            sqlite_where=text("meeting_id IS NULL"),
            postgresql_where=text("meeting_id IS NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    meeting_id: str | None = key("meeting.id", default=None)
    representative_id: str = key("representative.id")
