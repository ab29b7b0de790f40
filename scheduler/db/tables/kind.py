"""Kinds of tables: what they are about, and how they usually meet."""

from sqlalchemy import JSON, Column
from sqlmodel import Field

from scheduler.db.tables.base import Row
from scheduler.db.types import rule, words
from scheduler.domain.terms import Character, DayPart, Level, Mode


class TableKind(Row, table=True):
    """A kind of table, such as performance agreements; what is usual, never what is planned.

    `seasons` are spans of every year such as `03-01/06-30` (month-day, both inclusive), `expertise`
    is what a meeting may ask for, minutes are whole. Each figure has its source and confidence;
    `setup` is seats, work, mode and deputy together.
    """

    __tablename__ = "table_kind"
    __table_args__ = (
        rule("seats", "seats_min BETWEEN 0 AND seats_max AND seats_max >= 1"),
        rule("work", "preparation_minutes >= 0 AND report_minutes >= 0"),
        rule("frequency", "meetings_per_year >= 0"),
        rule("duration", "duration_minutes >= 1"),
    )

    id: str = Field(primary_key=True)
    name: str
    level: Level = Field(sa_type=words(Level))
    character: Character = Field(sa_type=words(Character))
    topics: list[str] = Field(sa_column=Column(JSON, nullable=False))
    expertise: list[str] = Field(sa_column=Column(JSON, nullable=False))
    meetings_per_year: int
    frequency_source: str
    frequency_confidence: str
    seasons: list[str] = Field(sa_column=Column(JSON, nullable=False))
    season_source: str
    season_confidence: str
    day_part: DayPart = Field(sa_type=words(DayPart))
    day_part_source: str
    day_part_confidence: str
    duration_minutes: int
    duration_source: str
    duration_confidence: str
    seats_min: int
    seats_max: int
    preparation_minutes: int
    report_minutes: int
    mode: Mode = Field(sa_type=words(Mode))
    deputy_wanted: bool
    setup_source: str
    setup_confidence: str
    source: str
    confidence: str
