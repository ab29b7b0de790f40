"""Forms that were begun and not sent, so that no typing is lost."""

from datetime import datetime

from sqlalchemy import JSON, Column
from sqlmodel import Field

from scheduler.db.tables.base import Row, instant
from scheduler.db.types import words
from scheduler.domain.terms import Role


class FormDraft(Row, table=True):
    """One filling-in of the form to ask, by its key; `typed` are the fields as they were typed."""

    __tablename__ = "form_draft"

    form_key: str = Field(primary_key=True)
    role: Role = Field(sa_type=words(Role))
    subject_id: str | None = Field(default=None, index=True)
    typed: dict[str, list[str]] = Field(sa_column=Column(JSON, nullable=False))
    saved_at: datetime = instant(index=True)
