"""Writing down who did what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
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
    before: Mapping[str, str] | None = None,
    after: Mapping[str, str] | None = None,
    why: str = "",
) -> Audit:
    """Add one act to the log. `detail` holds no secret and nothing private.

    `before` and `after` are what the act changed, as texts by field; `why` is a reason that the
    actor gave freely.
    """
    row = Audit(
        at=at,
        role=actor.role,
        actor_id=actor.subject or actor.staff,
        act=act,
        noun=noun,
        noun_id=noun_id,
        detail=detail,
        before=None if before is None else dict(before),
        after=None if after is None else dict(after),
        why=why,
    )
    session.add(row)
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFilter:
    """Which acts are wanted; None asks for all. The cursor `before` is an act's number.

    `since` is inclusive, `until` is exclusive.
    """

    noun: str | None = None
    noun_id: str | None = None
    role: Role | None = None
    subject: str | None = None
    before: int | None = None
    since: datetime | None = None
    until: datetime | None = None


def recent(
    session: Session, actor: Actor, wanted: LogFilter | None = None, *, most: int = 50
) -> tuple[Audit, ...]:
    """The newest acts that fit, for who sees all."""
    actor.must_see_all()
    wanted = wanted or LogFilter()
    query = select(Audit).where(*_conditions(wanted)).order_by(col(Audit.id).desc()).limit(most)
    return tuple(session.exec(query))


def _conditions(wanted: LogFilter) -> Iterator[ColumnElement[bool]]:
    same = (
        (col(Audit.noun), wanted.noun),
        (col(Audit.noun_id), wanted.noun_id),
        (col(Audit.role), wanted.role),
        (col(Audit.actor_id), wanted.subject),
    )
    yield from (column == value for column, value in same if value is not None)
    if wanted.before is not None:
        yield col(Audit.id) < wanted.before
    if wanted.since is not None:
        yield col(Audit.at) >= wanted.since
    if wanted.until is not None:
        yield col(Audit.at) < wanted.until


def nouns(session: Session, actor: Actor) -> tuple[str, ...]:
    """What has been acted on, by its noun."""
    actor.must_see_all()
    return tuple(sorted(session.exec(select(Audit.noun).distinct())))


def doers(session: Session, actor: Actor) -> tuple[tuple[Role, str | None], ...]:
    """Who has done anything: the role, and the subject of those roles that have one."""
    actor.must_see_all()
    query = select(Audit.role, Audit.actor_id).distinct()
    found = {(Role(role), subject) for role, subject in session.exec(query)}
    return tuple(sorted(found, key=lambda each: (each[0], each[1] or "")))
