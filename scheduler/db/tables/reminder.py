"""Which reminders by mail somebody chose."""

from datetime import datetime

from scheduler.db.tables.base import Row, instant, key
from scheduler.db.types import rule


class ReminderChoice(Row, table=True):
    """A representative's own choice; without a row there are none.

    `mail_days` before each meeting a mail goes; None: never. `digest` is a mail each week with
    what is coming. Alarms in the calendar are the feed's own choice.
    """

    __tablename__ = "reminder_choice"
    __table_args__ = (rule("days", "mail_days IS NULL OR mail_days BETWEEN 1 AND 14"),)

    representative_id: str = key("representative.id", primary=True)
    mail_days: int | None = None
    digest: bool = False
    chosen_at: datetime = instant()
