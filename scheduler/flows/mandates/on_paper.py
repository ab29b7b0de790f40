"""What the coordinator writes in the records counts as agreed on paper, and its history says so."""

from datetime import datetime

from sqlmodel import Session, col, delete

from scheduler.db.tables import Mandate, MandateConsent, MandateEvent
from scheduler.domain.access import Actor
from scheduler.domain.terms import MandateAct, MandateState


def note_on_paper(
    session: Session, actor: Actor, mandate_id: str, *, act: str, why: str, at: datetime
) -> None:
    """Add to a mandate's history what the records did; `act` is the record's: add, change, end.

    Who agreed to a proposal agreed to it as it read: where it is changed they agree anew.
    """
    session.add(
        MandateEvent(
            mandate_id=mandate_id,
            at=at,
            act=MandateAct.RECORDED if act == "add" else MandateAct.CHANGED,
            role=actor.role,
            actor_id=actor.subject,
            why=why,
        )
    )
    row = session.get_one(Mandate, mandate_id)
    if row.state is MandateState.PROPOSED:
        session.exec(delete(MandateConsent).where(col(MandateConsent.mandate_id) == mandate_id))
    session.flush()
