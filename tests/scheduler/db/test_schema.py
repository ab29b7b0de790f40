"""The database's schema: made by migrations, kept equal to the tables, never run backwards."""

from pathlib import Path

import pytest
from sqlalchemy import text

from scheduler.db.engine import Database
from scheduler.db.schema import differences, migrate
from scheduler.domain.errors import DatabaseFault


def test_the_migrations_make_what_the_tables_say(empty_database: Database) -> None:
    assert differences(empty_database.engine) == []


def test_a_missing_column_is_a_difference(empty_database: Database) -> None:
    with empty_database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE plan DROP COLUMN failure"))
    assert differences(empty_database.engine) != []


def test_migrating_again_changes_nothing(empty_database: Database) -> None:
    migrate(empty_database.engine)
    assert differences(empty_database.engine) == []


def test_a_database_of_a_newer_version_is_refused(empty_database: Database) -> None:
    with empty_database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseFault, match="newer version"):
        migrate(empty_database.engine)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.sqlite").write_text("Dit is geen database.\n" * 100)
    database = Database(f"sqlite:///{tmp_path / 'no.sqlite'}")
    with pytest.raises(DatabaseFault, match="can't be opened"):
        migrate(database.engine)
    database.close()
