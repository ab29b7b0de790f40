"""Sessions: committed once, at the end, or not at all."""

from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import select

from scheduler.db import tables
from scheduler.db.engine import Database, require_writable
from scheduler.domain.errors import DatabaseFault, DataFolderFault


def test_work_stands_when_the_block_ends_well(village: Database) -> None:
    with village.session() as session:
        session.get_one(tables.Organisation, "mevm").name = "Anders"
    with village.session() as session:
        assert session.get_one(tables.Organisation, "mevm").name == "Anders"


def test_nothing_stands_when_the_block_fails(village: Database) -> None:
    with suppress(RuntimeError), village.session() as session:
        session.get_one(tables.Organisation, "mevm").name = "Anders"
        session.flush()
        raise RuntimeError
    with village.session() as session:
        assert session.get_one(tables.Organisation, "mevm").name == "MEVM"


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("pragma", "expected"), [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 1)]
)
def test_sqlite_keeps_a_journal_and_checks_references(
    village: Database, pragma: str, expected: object
) -> None:
    with village.engine.connect() as connection:
        assert connection.execute(text(f"PRAGMA {pragma}")).scalar_one() == expected


def test_a_reader_is_not_held_up_by_a_writer(village: Database) -> None:
    with village.session() as writer:
        writer.get_one(tables.Organisation, "mevm").name = "Anders"
        writer.flush()
        with village.session() as reader:
            assert {row.name for row in reader.exec(select(tables.Organisation))} == {
                "MEVM",
                "Samen Sterk",
            }


def test_the_data_folder_is_made(tmp_path: Path) -> None:
    require_writable(tmp_path / "new" / "folder")
    assert (tmp_path / "new" / "folder").stat().st_mode & 0o777 == 0o700


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(DataFolderFault, match="can't be used"):
        require_writable(tmp_path / "taken")


@pytest.mark.parametrize("url", ["no address", "nosuch://host/base", "sqlite+nosuch:///base"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(DatabaseFault, match="address can't be used"):
        Database(url)
