"""When somebody is away for days on end, and what they would rather work on."""

from datetime import date

from sqlmodel import Field

from scheduler.db.tables.base import Row, key
from scheduler.db.types import rule


class Absence(Row, table=True):
    """Days on which a representative can't be asked; local, both inclusive, by their own word."""

    __tablename__ = "absence"
    __table_args__ = (rule("period", "first_day <= last_day"),)

    representative_id: str = key("representative.id", primary=True)
    first_day: date = Field(primary_key=True)
    last_day: date


class TopicWish(Row, table=True):
    """A topic on which a representative would rather work: at every table that is about it."""

    __tablename__ = "topic_wish"

    representative_id: str = key("representative.id", primary=True)
    topic: str = Field(primary_key=True)
