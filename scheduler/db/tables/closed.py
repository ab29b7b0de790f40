"""Days that stand apart, besides the public holidays that every year has."""

from datetime import date

from sqlmodel import Field

from scheduler.db.tables.base import Row
from scheduler.db.types import rule, words
from scheduler.domain.terms import ClosedKind


class ClosedPeriod(Row, table=True):
    """Local days, both inclusive, on which nobody meets, or on which it is better not to."""

    __tablename__ = "closed_period"
    __table_args__ = (rule("days", "first_day <= last_day"),)

    id: str = Field(primary_key=True)
    name: str
    kind: ClosedKind = Field(sa_type=words(ClosedKind))
    first_day: date = Field(index=True)
    last_day: date
