import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from scheduler.db import schema
from scheduler.db.engine import Database
from scheduler.db.tables import Row
from scheduler.domain.access import SYSTEM
from scheduler.flows.load_province import load_province
from scheduler.flows.sample_year import add_sample_year
from scheduler.provinces import ProvinceFacts, read_province
from scheduler.settings import CONFIG

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture(scope="session")
def drenthe() -> ProvinceFacts:
    return read_province(CONFIG / "provinces" / "drenthe")


@contextmanager
def opened(path: Path, template: Path | None = None) -> Iterator[Session]:
    """A session on a database, which begins as a copy of the template."""
    if template:
        shutil.copy(template, path)
    database = Database(f"sqlite:///{path}")
    if template is None:
        schema.migrate(database.engine)
    with database.session() as session:
        yield session
    database.close()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without a row."""
    path = tmp_path_factory.mktemp("databases") / "empty.sqlite"
    with opened(path):
        pass
    return path


@pytest.fixture(scope="session")
def loaded_file(empty_file: Path, drenthe: ProvinceFacts) -> Path:
    """A database with Drenthe and nothing else."""
    path = empty_file.with_name("loaded.sqlite")
    with opened(path, empty_file) as session:
        load_province(session, SYSTEM, drenthe, at=AT)
    return path


@pytest.fixture(scope="session")
def sample_file(loaded_file: Path) -> Path:
    """A database with Drenthe and its sample year 2027."""
    path = loaded_file.with_name("sample.sqlite")
    with opened(path, loaded_file) as session:
        add_sample_year(session, SYSTEM, year=2027, seed=1, at=AT)
    return path


@pytest.fixture
def session(tmp_path: Path, empty_file: Path) -> Iterator[Session]:
    """A session on a database without a row."""
    with opened(tmp_path / "empty.sqlite", empty_file) as session:
        yield session


@pytest.fixture
def loaded(tmp_path: Path, loaded_file: Path) -> Iterator[Session]:
    """A session on a database with Drenthe and nothing else."""
    with opened(tmp_path / "loaded.sqlite", loaded_file) as session:
        yield session


@pytest.fixture
def sampled(tmp_path: Path, sample_file: Path) -> Iterator[Session]:
    """A session on a database with Drenthe and its sample year 2027."""
    with opened(tmp_path / "sample.sqlite", sample_file) as session:
        yield session


@pytest.fixture
def contents() -> Callable[[Session], dict[str, list[tuple[object, ...]]]]:
    """Everything in a database but the log and the migration's mark, by table."""

    def contents(session: Session) -> dict[str, list[tuple[object, ...]]]:
        session.flush()
        return {
            table.name: sorted((tuple(row) for row in session.execute(table.select())), key=repr)
            for table in Row.metadata.sorted_tables
            if table.name != "audit"
        }

    return contents
