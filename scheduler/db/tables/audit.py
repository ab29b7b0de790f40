"""The log of what was done by whom: kept, never changed, and sealed so that a change shows."""

from datetime import datetime

from sqlalchemy import JSON, Column
from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key
from scheduler.db.types import words
from scheduler.domain.terms import Role


class Audit(Row, table=True):
    """One act. `detail` is a short sentence without secrets or private matters.

    `before` and `after` are the texts that the act changed, by field; None where it has none to
    tell. `why` is the actor's own reason, which nobody has to give. When these four are taken out
    for somebody's privacy, `told_digest` (an HMAC by the key) stays in their place.
    """

    __tablename__ = "audit"

    id: int = Field(default=None, primary_key=True)
    at: datetime = instant(index=True)
    role: Role = Field(sa_type=words(Role))
    actor_id: str | None = None
    act: str
    noun: str
    noun_id: str = Field(index=True)
    detail: str = ""
    before: dict[str, str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    after: dict[str, str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    why: str = ""
    told_digest: str = ""
    seal_id: int | None = key("audit_seal.id", cascade=False, default=None)


class AuditSeal(Row, table=True):
    """A link of a chain over the log: its digest covers its own acts and the link before it.

    `digest` is an HMAC-SHA-256 by the installation's key, in hexadecimal: who can write in the
    database but hasn't the key can't make a link that fits.
    """

    __tablename__ = "audit_seal"

    id: int = Field(default=None, primary_key=True)
    # Unique, so that of two that seal at once one does; the first link has no link before it.
    previous_id: int = Field(default=0, unique=True)
    sealed_at: datetime = instant()
    acts: int
    digest: str
