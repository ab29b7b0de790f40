"""The way to the database: SQLite in WAL mode by default, PostgreSQL by address."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, inspect, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import ORMExecuteState, sessionmaker
from sqlalchemy.orm import Session as OrmSession
from sqlmodel import Session

from scheduler.domain.errors import DatabaseFault, DataFolderFault, Sentence

_BUSY_MILLISECONDS = 10_000
_WROTE = "wrote"

OnWrite = Callable[[frozenset[str]], None]
"""Told the names of the tables that a commit wrote in, once it stands."""


class Database:
    """One database: makes sessions, and closes its connections.

    Attributes:
        edition: rises with every commit of this process that wrote something. What was read in an
            edition still holds in it, as far as other processes have written nothing.
        on_write: told of each commit of this process that wrote something; nobody at first.
    """

    def __init__(self, url: str) -> None:
        """Prepare to connect; nothing is opened yet."""
        self.engine = connect(url)
        self.edition = 0
        self.on_write: OnWrite | None = None
        self._sessions = sessionmaker(self.engine, class_=Session, expire_on_commit=False)
        event.listen(self._sessions, "after_flush", _note_flush)
        event.listen(self._sessions, "do_orm_execute", _note_statement)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session whose work stands when the block ends well, and never half.

        The one place where work is committed.
        """
        with self._sessions() as session:
            yield session
            session.commit()
            wrote = session.info.pop(_WROTE, None)
        if wrote:
            self.edition += 1
            if self.on_write:
                self.on_write(frozenset(wrote))

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _note_flush(session: OrmSession, _context: object) -> None:
    changed = chain(session.new, session.dirty, session.deleted)
    _note(session, {str(inspect(row).mapper.local_table) for row in changed})


def _note_statement(state: ORMExecuteState) -> None:
    if not state.is_select:
        mapper = state.bind_mapper
        _note(state.session, {str(mapper.local_table)} if mapper else {"?"})


def _note(session: OrmSession, tables: set[str]) -> None:
    session.info.setdefault(_WROTE, set()).update(tables)


def connect(url: str) -> Engine:
    """An engine for the address; on SQLite with WAL, foreign keys and patience for a busy file.

    Raises:
        DatabaseFault: the address isn't one, or this installation lacks the driver that it names.
    """
    try:
        # A server that was restarted is noticed before a visitor is: a connection is tried first.
        address = _with_driver(url)
        engine = create_engine(address, pool_pre_ping=address.drivername.startswith("postgresql"))
    except (ArgumentError, ModuleNotFoundError) as error:
        raise DatabaseFault(
            Sentence(
                f"Het adres van de database is niet te gebruiken: {error}.",
                f"The database's address can't be used: {error}.",
            )
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _with_driver(url: str) -> URL:
    """The address with psycopg, the driver that we come with, where it names PostgreSQL alone."""
    address = make_url(url)
    if address.drivername in {"postgresql", "postgres"}:
        return address.set(drivername="postgresql+psycopg")
    return address


def _prepare_sqlite(connection: Any, _record: object) -> None:
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        f"busy_timeout = {_BUSY_MILLISECONDS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def require_writable(folder: Path) -> None:
    """Make the data folder where it isn't there yet.

    Raises:
        DataFolderFault: it can't be made, or can't be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise DataFolderFault(folder, error.strerror or str(error)) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise DataFolderFault(folder, "er mag niet in geschreven worden (not writable)")
