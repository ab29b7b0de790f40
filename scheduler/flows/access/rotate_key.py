"""A new secret key: what is sealed is sealed anew, and what was handed out goes on working.

Each part is committed by itself and knows what has been done, so a rotation that was broken off is
finished by the next. Who reads while it goes on needs the keys as the file holds them then.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Table, Update, bindparam, select, update
from sqlmodel import Session, SQLModel

from scheduler.db import audits, feeds, tables
from scheduler.db.engine import Database
from scheduler.domain.access import Actor, Right
from scheduler.domain.sealing import Seal
from scheduler.domain.secrets import SecretKey
from scheduler.flows.access.second.program import SEALED_FOR as SECOND_FACTOR
from scheduler.flows.attending.own_busy import SEALED_FOR as BUSY_BLOCK
from scheduler.flows.outside.means import SEALED_FOR as CALENDAR_PASSWORD
from scheduler.keyring import add_key, demote_earlier, secret_key
from scheduler.mail.office import ADDRESSES, LETTERS

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A column whose content is sealed, for what, and by which column it is found again."""

    table: type[SQLModel]
    column: str
    purpose: str
    fingerprint: str | None = None


SEALED = (
    Sealed(table=tables.MailAddress, column="sealed", purpose=ADDRESSES, fingerprint="fingerprint"),
    Sealed(table=tables.SignInAsk, column="sealed", purpose=ADDRESSES, fingerprint="fingerprint"),
    Sealed(table=tables.Outgoing, column="message", purpose=LETTERS),
    Sealed(table=tables.BusyBlock, column="content", purpose=BUSY_BLOCK),
    Sealed(table=tables.BusyBlock, column="searched", purpose=BUSY_BLOCK),
    Sealed(table=tables.Connection, column="sealed_secret", purpose=CALENDAR_PASSWORD),
    Sealed(table=tables.SecondFactor, column="sealed", purpose=SECOND_FACTOR),
    Sealed(table=tables.Session, column="setting_up", purpose=SECOND_FACTOR),
)
"""Everything that is kept sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotated:
    """What a rotation did.

    Attributes:
        resealed: how many contents were sealed anew.
        feeds: how many feeds got an address that the new key makes.
        continued: whether it finished an earlier one, and made no new key of its own.
        stolen: whether everything that was handed out under earlier keys has ended.
    """

    resealed: int
    feeds: int
    continued: bool
    stolen: bool


def rotate_key(
    database: Database,
    actor: Actor,
    folder: Path,
    *,
    at: Callable[[], datetime],
    stolen: bool = False,
) -> Rotated:
    """Make a new key and seal everything with it, or finish a rotation that was broken off.

    Earlier keys stay beside it: links in mails, signatures of webhooks and the log go on being
    good. Feeds keep the addresses that people subscribed to, and get a second one.

    Args:
        database: the database.
        actor: who does it.
        folder: the data folder with `secret.key`.
        at: gives the present instant.
        stolen: end everything that an earlier key could open: feeds, links, webhook secrets. Only
            the log still knows those keys.

    Raises:
        NotAllowed: the actor may not give access.
        DataFolderFault: the key's file can't be written.
        SealBroken: something was sealed with a key that isn't in the file.
    """
    actor.must(Right.GIVE_ACCESS)
    key = secret_key(folder)
    continued = bool(key.earlier) and _is_unfinished(database, key)
    if not continued:
        key = add_key(folder)
    resealed = sum(_reseal(database, each, key) for each in SEALED)
    with database.session() as session:
        renewed = _feeds(session, key, at(), stolen=stolen)
        audits.record(session, actor, "rotate", noun="key", noun_id="secret.key", at=at())
    if stolen:
        demote_earlier(folder)
    return Rotated(resealed=resealed, feeds=renewed, continued=continued, stolen=stolen)


def _feeds(session: Session, key: SecretKey, at: datetime, *, stolen: bool) -> int:
    if stolen:
        return feeds.renew_all(session, key, at=at)
    return feeds.remember_newest(session, key)


def _is_unfinished(database: Database, key: SecretKey) -> bool:
    return any(_left(database, each, key) for each in SEALED)


def _left(database: Database, sealed: Sealed, key: SecretKey) -> list[tuple[Any, ...]]:
    """The next rows that the newest key didn't seal: their keys and the content."""
    table, seal = _table(sealed), Seal(key, sealed.purpose)
    content = table.c[sealed.column]
    query = select(*table.primary_key.columns, content).where(content.is_not(None))
    with database.engine.connect() as connection:
        rows = connection.execution_options(yield_per=_AT_ONCE).execute(query)
        with closing(rows):
            older = (tuple(row) for row in rows if not seal.is_newest(row[-1]))
            return list(islice(older, _AT_ONCE))


def _reseal(database: Database, sealed: Sealed, key: SecretKey) -> int:
    """Seal one column anew, some hundred rows in each commit."""
    done = 0
    while rows := _left(database, sealed, key):
        with database.session() as session:
            session.connection().execute(_change(sealed), [_anew(sealed, key, row) for row in rows])
        done += len(rows)
    return done


def _change(sealed: Sealed) -> Update:
    table = _table(sealed)
    same = (column == bindparam(f"key_{column.name}") for column in table.primary_key.columns)
    # Whoever wrote meanwhile has the last word: the content that was read has to be there still.
    same_content = table.c[sealed.column] == bindparam("before")
    values: dict[str, Any] = {sealed.column: bindparam("after")}
    if sealed.fingerprint:
        values[sealed.fingerprint] = bindparam("found_by")
    return update(table).where(*same, same_content).values(values)


def _anew(sealed: Sealed, key: SecretKey, row: tuple[Any, ...]) -> dict[str, object]:
    *primary, before = row
    seal = Seal(key, sealed.purpose)
    content = seal.open(before)
    columns = _table(sealed).primary_key.columns
    named = {f"key_{column.name}": value for column, value in zip(columns, primary, strict=True)}
    changed = {**named, "before": before, "after": seal.seal(content)}
    if sealed.fingerprint:
        changed["found_by"] = seal.fingerprint(content.decode().strip().lower())
    return changed


def _table(sealed: Sealed) -> Table:
    return SQLModel.metadata.tables[str(sealed.table.__tablename__)]
