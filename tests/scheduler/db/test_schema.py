"""The database's schema: made by migrations, kept equal to the tables, never run backwards."""

from contextlib import closing
from pathlib import Path

import pytest
from originals import Originals
from sqlalchemy import inspect, text

from scheduler.db.engine import Database
from scheduler.db.schema import differences, migrate
from scheduler.domain.errors import DatabaseFault


def test_the_migrations_make_what_the_tables_say(database: Database) -> None:
    assert differences(database.engine) == []


def test_a_missing_column_is_a_difference(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE plan DROP COLUMN failure"))
    assert differences(database.engine) != []


def test_migrating_again_changes_nothing(database: Database) -> None:
    migrate(database.engine)
    assert differences(database.engine) == []


def test_a_database_of_a_newer_version_is_refused(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseFault, match="newer version"):
        migrate(database.engine)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.sqlite").write_text("Dit is geen database.\n" * 100)
    database = Database(f"sqlite:///{tmp_path / 'no.sqlite'}")
    with pytest.raises(DatabaseFault, match="can't be opened"):
        migrate(database.engine)
    database.close()


def test_one_of_a_version_that_was_never_released_is_refused_by_what_is_missing(
    database: Database,
) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE plan DROP COLUMN wall_seconds"))
    with pytest.raises(DatabaseFault, match=r"never released \(plan\.wall_seconds is missing\)"):
        migrate(database.engine)


def test_tables_that_no_migration_made_are_left_alone(originals: Originals) -> None:
    with originals.bare() as address, closing(Database(address)) as database:
        with database.engine.begin() as connection:
            connection.execute(text("CREATE TABLE plan (id INTEGER)"))
        with pytest.raises(DatabaseFault, match="such as plan"):
            migrate(database.engine)
        assert inspect(database.engine).get_table_names() == ["plan"]


def test_somebody_elses_tables_are_no_matter(originals: Originals) -> None:
    with originals.bare() as address, closing(Database(address)) as database:
        with database.engine.begin() as connection:
            connection.execute(text("CREATE TABLE bakery (id INTEGER)"))
        migrate(database.engine)
        assert "plan" in inspect(database.engine).get_table_names()
