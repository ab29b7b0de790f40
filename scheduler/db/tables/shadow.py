"""Who comes along to learn."""

from datetime import datetime

from scheduler.db.tables.base import Row, instant, key


class Shadow(Row, table=True):
    """A representative who comes along to a meeting: work for that person, no presence."""

    __tablename__ = "shadow"

    meeting_id: str = key("meeting.id", primary=True)
    representative_id: str = key("representative.id", primary=True)
    added_at: datetime = instant()
