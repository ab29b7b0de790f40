"""Which board members are asked by mail to agree to a loan."""

from sqlmodel import Session

from scheduler.db.loans import LoanView
from scheduler.db.mail_addresses import reachable
from scheduler.db.tables import Outgoing
from scheduler.domain.terms import MailKind, MailState
from scheduler.flows.mandates.hand import Hand

UID = "loan/"
"""What the outbox calls a mail about a loan, before the loan."""


def ask_boards(session: Session, hand: Hand, view: LoanView) -> None:
    """Ask every board member of both parties, but for who proposed it."""
    parties = {view.giver.id, view.holder.id}
    session.add_all(
        Outgoing(
            uid=f"{UID}{view.id}",
            sequence=0,
            kind=MailKind.LOAN,
            recipient_id=row.id,
            state=MailState.WAITING,
            created_at=hand.at,
            released_at=hand.at,
            not_before=hand.at,
        )
        for row in reachable(session)
        if row.organisation_id in parties and row.id != hand.member_id
    )
    session.flush()
