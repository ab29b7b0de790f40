"""What an answer by mail does."""

from datetime import datetime

from sqlmodel import Session

from scheduler.db.tables import MailAddress, MailReply


def answer_by_mail(
    session: Session, reply: MailReply, address: MailAddress, *, at: datetime
) -> None:
    """Nothing yet beside the row, which the coordinator sees."""
