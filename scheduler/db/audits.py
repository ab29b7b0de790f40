"""Writing down who did what."""

from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.db.tables import Audit
from scheduler.domain.access import Actor


def record(
    session: Session,
    actor: Actor,
    act: str,
    *,
    noun: str,
    noun_id: str,
    at: datetime,
    detail: str = "",
) -> None:
    """Add one act to the log. `detail` holds no secret and nothing private."""
    session.add(
        Audit(
            at=at,
            role=actor.role,
            actor_id=actor.subject,
            act=act,
            noun=noun,
            noun_id=noun_id,
            detail=detail,
        )
    )


def recent(session: Session, actor: Actor, *, most: int = 50) -> tuple[Audit, ...]:
    """The newest acts, for who plans for all."""
    actor.must_plan_for_all()
    query = select(Audit).order_by(col(Audit.at).desc(), col(Audit.id).desc()).limit(most)
    return tuple(session.exec(query))
