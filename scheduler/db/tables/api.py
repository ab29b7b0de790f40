"""Programs of those who ask: their keys, and what was answered to each of their posts."""

from datetime import datetime

from sqlalchemy import JSON, Column, LargeBinary
from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key, optional_instant
from scheduler.db.types import words
from scheduler.domain.terms import Role


class ApiKey(Row, table=True):
    """A key for one body's program. Only its hash is kept; `hint` is how it begins."""

    __tablename__ = "api_key"

    id: str = Field(primary_key=True)
    role: Role = Field(sa_type=words(Role))
    subject_id: str | None = Field(default=None, index=True)
    name: str
    scopes: list[str] = Field(sa_column=Column(JSON, nullable=False))
    hint: str
    key_hash: str = Field(unique=True)
    created_at: datetime = instant()
    last_used_at: datetime | None = optional_instant()
    revoked_at: datetime | None = optional_instant()


class KeptAnswer(Row, table=True):
    """What was answered to a post with an Idempotency-Key; the same post again gets it again."""

    __tablename__ = "kept_answer"

    api_key_id: str = key("api_key.id", primary=True)
    name: str = Field(primary_key=True)
    fingerprint: str
    status: int
    location: str = ""
    body: bytes = Field(sa_type=LargeBinary)
    created_at: datetime = instant(index=True)
