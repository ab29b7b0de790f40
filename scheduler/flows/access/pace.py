"""How often one network address may ask to be let in, counted by all processes together."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import case, delete, literal, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from scheduler.db.tables import SignInPace
from scheduler.domain.errors import TooManyTries

MOST = 30
"""How often in a row; they come back evenly over a minute."""

_MINUTE = 60.0
_EACH = _MINUTE / MOST
_INSERT: dict[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def count_ask(session: Session, origin: str, *, at: datetime) -> None:
    """Count one more (the generic cell rate algorithm of ITU-T I.371: one instant a row).

    Raises:
        TooManyTries: too many came before; this one isn't counted.
    """
    now = at.timestamp()
    session.exec(delete(SignInPace).where(col(SignInPace.spent_until) < now))
    insert = _INSERT[session.get_bind().dialect.name]
    session.exec(insert(SignInPace).values(origin=origin, spent_until=now).on_conflict_do_nothing())
    spent = col(SignInPace.spent_until)
    begun = case((spent > now, spent), else_=literal(now))
    counted = session.exec(
        update(SignInPace)
        .where(col(SignInPace.origin) == origin, spent <= now + _MINUTE - _EACH)
        .values(spent_until=begun + _EACH)
    )
    if counted.rowcount != 1:
        raise TooManyTries
