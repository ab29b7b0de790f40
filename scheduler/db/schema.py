"""Bringing a database to this version's schema, and refusing one of a newer version."""

import threading
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from scheduler.db.tables import Row
from scheduler.domain.errors import DatabaseFault, Sentence

_LOCK = 7_204_118
_ALONE = threading.Lock()
"""Alembic keeps what it works on in its modules: in one process one database at a time."""
_SCRIPTS = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> None:
    """Bring the database to this version's schema; nothing happens where it is there already.

    Raises:
        DatabaseFault: it can't be opened, a newer version of Aan Tafel made it, or one that was
            never released: then it says what it is, and hasn't the columns for it.
    """
    _on(engine, _refuse_unnumbered)
    _on(engine, bring_to)
    _on(engine, _refuse_another_shape)


def bring_to(connection: Connection, revision: str = "head") -> None:
    """Bring the database to one version's schema, in the transaction that the caller has open.

    Raises:
        DatabaseFault: it is of a newer version than this, or there is no such revision.
    """
    if connection.dialect.name == "postgresql":
        # Of processes that start together on several machines one makes the tables.
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    present = revision_of(connection)
    with _ALONE:
        config = _config()
        _refuse_unknown(config, present, None if revision == "head" else revision)
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def revision_of(connection: Connection) -> str | None:
    """Which version's schema the database has; None where it has none yet."""
    return MigrationContext.configure(connection).get_current_revision()


def new_migration(engine: Engine, message: str) -> None:
    """Write a migration from what the tables say and the database doesn't (for developers)."""

    def write(connection: Connection) -> None:
        config = _config()
        config.attributes["connection"] = connection
        number = len(_known(config)) + 1
        command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")

    _on(engine, write)


def differences(engine: Engine) -> list[object]:
    """What still differs between the tables and the database: empty where every change has one."""
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), Row.metadata))


def _on(engine: Engine, run: Callable[[Connection], None]) -> None:
    try:
        with engine.begin() as connection:
            run(connection)
    except DBAPIError as error:
        raise DatabaseFault(
            Sentence(
                f"De database is niet te openen: {error.orig}.",
                f"The database can't be opened: {error.orig}.",
            )
        ) from error


def _refuse_unnumbered(connection: Connection) -> None:
    """Tables of our names that no migration made can't be brought to any version."""
    ours = set(inspect(connection).get_table_names()) & set(Row.metadata.tables)
    if ours and revision_of(connection) is None:
        raise DatabaseFault(
            Sentence(
                f"In deze database staan al tabellen, zoals {min(ours)}, zonder dat te zien is van "
                "welke versie van Aan Tafel ze zijn. Noem een lege map of database, en zet daar "
                "zo nodig een reservekopie in terug.",
                f"This database has tables already, such as {min(ours)}, and nothing tells of "
                "which version of Aan Tafel they are. Name an empty folder or database, and "
                "restore a backup into it where there is one.",
            )
        )


def _refuse_another_shape(connection: Connection) -> None:
    """Whether every table and column is there: later, no page could say so clearly."""
    there = inspect(connection).get_multi_columns()
    columns = {(table, column["name"]) for (_, table), every in there.items() for column in every}
    wanted = {(table.name, each.name) for table in Row.metadata.sorted_tables for each in table.c}
    if wanted <= columns:
        return
    table, column = min(wanted - columns)
    raise DatabaseFault(
        Sentence(
            f"Deze gegevens zijn van een versie van Aan Tafel die nooit is uitgebracht ({table}."
            f"{column} ontbreekt). Zet een reservekopie terug in een lege map of database, of "
            "begin daarin opnieuw.",
            f"This was made by a version of Aan Tafel that was never released ({table}.{column} is "
            "missing). Restore a backup into an empty folder or database, or begin anew in one.",
        )
    )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    return config


def _known(config: Config) -> set[str]:
    return {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}


def _refuse_unknown(config: Config, *revisions: str | None) -> None:
    if {each for each in revisions if each} <= _known(config):
        return
    raise DatabaseFault(
        Sentence(
            "Deze gegevens zijn gemaakt door een nieuwere versie van Aan Tafel. "
            "Werk Aan Tafel bij.",
            "This was made by a newer version of Aan Tafel. Update Aan Tafel.",
        )
    )
