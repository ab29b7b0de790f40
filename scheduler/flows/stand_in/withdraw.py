"""Take back a request for somebody to stand in."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from scheduler.db import audits
from scheduler.db.tables import StandInRequest
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import MailState, Role, StandInState
from scheduler.flows.stand_in.ask import open_mails


def withdraw_stand_in(session: Session, actor: Actor, meeting_id: str, *, at: datetime) -> bool:
    """Ask nobody any more to take the actor's place; tells whether anybody was being asked.

    What was mailed already says, once opened, that it isn't needed any more.

    Raises:
        NotFound: the actor is no representative.
    """
    if actor.role is not Role.REPRESENTATIVE:
        raise NotFound("verzoek")
    mine = (
        col(StandInRequest.meeting_id) == meeting_id,
        col(StandInRequest.representative_id) == actor.subject,
        col(StandInRequest.state) == StandInState.OPEN,
    )
    ids = session.exec(select(StandInRequest.id).where(*mine)).all()
    closed = session.exec(
        update(StandInRequest)
        .where(*mine)
        .values(state=StandInState.WITHDRAWN, closed_at=at)
        .execution_options(synchronize_session="fetch")
    )
    if closed.rowcount == 0:
        return False
    for request_id in ids:
        for mail in open_mails(session, request_id):
            mail.state, mail.message = MailState.WITHDRAWN, None
    audits.record(session, actor, "withdraw stand-in", noun="meeting", noun_id=meeting_id, at=at)
    return True
