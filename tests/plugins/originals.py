"""Test databases: made once, and copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol

from sqlalchemy import create_engine, text
from sqlmodel import Session

from scheduler.db.engine import Database
from scheduler.db.schema import migrate

Build = Callable[[Session], object]


class Originals(Protocol):
    """The databases that one test process copies for its tests."""

    def keep(self, name: str, build: Build | None = None, *, of: str | None = None) -> None:
        """Make the template `name` once: migrated, begun as a copy of another, then built."""

    def copy(self, name: str) -> AbstractContextManager[Database]:
        """A database that begins as a copy of the template, and ends with the block."""

    def bare(self) -> AbstractContextManager[str]:
        """The address of a database without a table."""


class Files:
    """Databases of SQLite: a file each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = count(1)

    def keep(self, name: str, build: Build | None = None, *, of: str | None = None) -> None:
        path = self._path(name)
        if path.exists():
            return
        if of:
            shutil.copyfile(self._path(of), path)
        with closing(Database(f"sqlite:///{path}")) as database:
            _make(database, build)

    @contextmanager
    def copy(self, name: str) -> Iterator[Database]:
        path = self._folder / f"{name}-{next(self._number)}.sqlite"
        shutil.copyfile(self._path(name), path)
        with closing(Database(f"sqlite:///{path}")) as database:
            yield database

    @contextmanager
    def bare(self) -> Iterator[str]:
        yield f"sqlite:///{self._folder / f'bare-{next(self._number)}.sqlite'}"

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.sqlite"


class Server:
    """Databases of one PostgreSQL server, which this test process has for itself.

    Attributes:
        restart: ends it as a power cut would, and starts it again.
    """

    def __init__(self, folder: Path, restart: Callable[[], None]) -> None:
        self._folder = folder
        self.restart = restart
        self._number = count(1)
        self._kept: set[str] = set()
        self._front = create_engine(
            self._url("postgres"), isolation_level="AUTOCOMMIT", pool_pre_ping=True
        )

    def keep(self, name: str, build: Build | None = None, *, of: str | None = None) -> None:
        if name in self._kept:
            return
        self._do(f"CREATE DATABASE {name} TEMPLATE {of or 'template0'}")
        with closing(Database(self._url(name))) as database:
            _make(database, build)
        self._kept.add(name)

    @contextmanager
    def copy(self, name: str) -> Iterator[Database]:
        copied = f"{name}_{next(self._number)}"
        self._do(f"CREATE DATABASE {copied} TEMPLATE {name}")
        with closing(Database(self._url(copied))) as database:
            yield database
        self._do(f"DROP DATABASE {copied} WITH (FORCE)")

    @contextmanager
    def bare(self) -> Iterator[str]:
        name = f"bare_{next(self._number)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE template0")
        yield self._url(name)
        self._do(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        self._front.dispose()

    def _do(self, statement: str) -> None:
        with self._front.connect() as connection:
            connection.execute(text(statement))

    def _url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self._folder}"


def _make(database: Database, build: Build | None) -> None:
    migrate(database.engine)
    if build:
        with database.session() as session:
            build(session)
