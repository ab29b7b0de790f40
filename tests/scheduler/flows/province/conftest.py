from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from originals import Originals
from sqlmodel import Session

from scheduler.db.tables import Row
from scheduler.domain.access import SYSTEM
from scheduler.flows.province.load_province import load_province
from scheduler.flows.province.sample_year import add_sample_year
from scheduler.provinces import ProvinceFacts, read_province
from scheduler.settings import CONFIG

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture(scope="session")
def drenthe() -> ProvinceFacts:
    return read_province(CONFIG / "provinces" / "drenthe")


@pytest.fixture(scope="session")
def provinces(originals: Originals, drenthe: ProvinceFacts) -> Originals:
    """The originals with Drenthe on it, and with Drenthe and its sample year 2027."""
    originals.keep("loaded", lambda it: load_province(it, SYSTEM, drenthe, at=AT), of="empty")
    originals.keep(
        "sample", lambda it: add_sample_year(it, SYSTEM, year=2027, seed=1, at=AT), of="loaded"
    )
    return originals


@pytest.fixture
def session(originals: Originals) -> Iterator[Session]:
    """A session on a database without a row."""
    yield from _opened(originals, "empty")


@pytest.fixture
def loaded(provinces: Originals) -> Iterator[Session]:
    """A session on a database with Drenthe and nothing else."""
    yield from _opened(provinces, "loaded")


@pytest.fixture
def sampled(provinces: Originals) -> Iterator[Session]:
    """A session on a database with Drenthe and its sample year 2027."""
    yield from _opened(provinces, "sample")


def _opened(originals: Originals, name: str) -> Iterator[Session]:
    with originals.copy(name) as database, database.session() as session:
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
