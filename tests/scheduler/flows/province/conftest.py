from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from scheduler.db import schema
from scheduler.db.engine import Database
from scheduler.provinces import ProvinceFacts, read_province
from scheduler.settings import CONFIG


@pytest.fixture(scope="session")
def drenthe() -> ProvinceFacts:
    return read_province(CONFIG / "provinces" / "drenthe")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A session on a new, empty database."""
    database = Database(f"sqlite:///{tmp_path / 'aantafel.sqlite'}")
    schema.migrate(database.engine)
    with database.session() as session:
        yield session
    database.close()
