"""Following tables, and whether a table shares what is told about it with its own body."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.db import audits
from scheduler.db.tables import Table, TableFollow
from scheduler.db.views import Named
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotAllowed, NotFound
from scheduler.domain.terms import Level, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedTable:
    """A table, whether this actor follows it, and whether its body reads the short version."""

    table: Named
    level: Level
    is_followed: bool
    shares: bool


def tables_to_follow(session: Session, actor: Actor) -> tuple[FollowedTable, ...]:
    """Every table, by level and name, as it stands for this actor.

    Raises:
        NotAllowed: the actor neither follows tables nor sees all.
    """
    if not (_follows(actor) or actor.sees_all):
        raise NotAllowed
    own = _followed(session, actor)
    rows = session.exec(select(Table).order_by(Table.level, Table.name, Table.id))
    return tuple(
        FollowedTable(
            table=Named(row.id, row.name),
            level=row.level,
            is_followed=row.id in own,
            shares=row.shares_reports,
        )
        for row in rows
    )


def follow_table(
    session: Session, actor: Actor, table_id: str, *, follows: bool, at: datetime
) -> None:
    """Follow a table from now on, or stop; once more changes nothing.

    Raises:
        NotAllowed: it isn't a board or a representative.
        NotFound: there is no such table.
    """
    if not _follows(actor):
        raise NotAllowed
    if session.get(Table, table_id) is None:
        raise NotFound("overlegtafel", table_id)
    row = session.get(TableFollow, (table_id, actor.role, actor.subject))
    if follows is (row is not None):
        return
    if row is not None:
        session.delete(row)
    else:
        session.add(
            TableFollow(
                table_id=table_id, role=actor.role, subject_id=actor.subject or "", since=at
            )
        )
    session.flush()
    act = "follow" if follows else "unfollow"
    audits.record(session, actor, act, noun="table", noun_id=table_id, at=at)


def share_reports(
    session: Session, actor: Actor, table_id: str, *, shares: bool, at: datetime
) -> None:
    """Let the body at whose table it is read the short version, or not; the same changes nothing.

    Raises:
        NotAllowed: the actor doesn't plan for all.
        NotFound: there is no such table.
    """
    actor.must_plan_for_all()
    row = session.get(Table, table_id)
    if row is None:
        raise NotFound("overlegtafel", table_id)
    if row.shares_reports is shares:
        return
    row.shares_reports = shares
    session.flush()
    act = "share reports" if shares else "keep reports"
    audits.record(session, actor, act, noun="table", noun_id=table_id, at=at)


def _follows(actor: Actor) -> bool:
    return actor.role in {Role.BOARD, Role.REPRESENTATIVE}


def _followed(session: Session, actor: Actor) -> Collection[str]:
    query = select(TableFollow.table_id).where(
        col(TableFollow.role) == actor.role, col(TableFollow.subject_id) == actor.subject
    )
    return frozenset(session.exec(query))
