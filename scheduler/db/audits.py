"""Writing down who did what."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.db.tables import Audit
from scheduler.domain.access import Actor
from scheduler.domain.terms import Role


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


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFilter:
    """Which acts are wanted; None asks for all. The cursor `before` is an act's number."""

    noun: str | None = None
    role: Role | None = None
    subject: str | None = None
    before: int | None = None


def recent(
    session: Session, actor: Actor, wanted: LogFilter | None = None, *, most: int = 50
) -> tuple[Audit, ...]:
    """The newest acts that fit, for who plans for all."""
    actor.must_plan_for_all()
    wanted = wanted or LogFilter()
    query = select(Audit).order_by(col(Audit.id).desc()).limit(most)
    if wanted.noun:
        query = query.where(Audit.noun == wanted.noun)
    if wanted.role:
        query = query.where(Audit.role == wanted.role)
    if wanted.subject:
        query = query.where(Audit.actor_id == wanted.subject)
    if wanted.before:
        query = query.where(col(Audit.id) < wanted.before)
    return tuple(session.exec(query))


def nouns(session: Session, actor: Actor) -> tuple[str, ...]:
    """What has been acted on, by its noun."""
    actor.must_plan_for_all()
    return tuple(sorted(session.exec(select(Audit.noun).distinct())))


def doers(session: Session, actor: Actor) -> tuple[tuple[Role, str | None], ...]:
    """Who has done anything: the role, and the subject of those roles that have one."""
    actor.must_plan_for_all()
    query = select(Audit.role, Audit.actor_id).distinct()
    found = {(Role(role), subject) for role, subject in session.exec(query)}
    return tuple(sorted(found, key=lambda each: (each[0], each[1] or "")))
