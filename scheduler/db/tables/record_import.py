"""Files of records that were sent in, looked at, and not yet carried out."""

from datetime import datetime

from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, optional_instant


class RecordImport(Row, table=True):
    """One file. Its text goes as soon as it was carried out, and otherwise after a week.

    `added` and `changed` say what came of it.
    """

    __tablename__ = "record_import"

    id: str = Field(primary_key=True)
    kind: str
    file_name: str
    content: str
    created_at: datetime = instant()
    applied_at: datetime | None = optional_instant()
    added: int = 0
    changed: int = 0
