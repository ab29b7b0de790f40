"""The log of what was done by whom: kept, never changed."""

from datetime import datetime

from sqlmodel import Field

from scheduler.db.tables.base import Row, instant
from scheduler.db.types import words
from scheduler.domain.terms import Role


class Audit(Row, table=True):
    """One act. `detail` is a short sentence without secrets or private matters."""

    __tablename__ = "audit"

    id: int = Field(default=None, primary_key=True)
    at: datetime = instant(index=True)
    role: Role = Field(sa_type=words(Role))
    actor_id: str | None = None
    act: str
    noun: str
    noun_id: str = Field(index=True)
    detail: str = ""
