"""Bringing a database to this version's schema, and refusing one of a newer version."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from scheduler.db.tables import Row
from scheduler.domain.errors import DatabaseFault, Sentence

_SCRIPTS = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> None:
    """Bring the database to this version's schema; nothing happens where it is there already.

    Raises:
        DatabaseFault: it can't be opened, or a newer version of Aan Tafel made it.
    """
    _on(engine, lambda config: command.upgrade(config, "head"))


def new_migration(engine: Engine, message: str) -> None:
    """Write a migration from what the tables say and the database doesn't (for developers)."""

    def write(config: Config) -> None:
        number = len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1
        command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")

    _on(engine, write)


def differences(engine: Engine) -> list[object]:
    """What still differs between the tables and the database: empty where every change has one."""
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), Row.metadata))


def _on(engine: Engine, run: Callable[[Config], None]) -> None:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    try:
        with engine.begin() as connection:
            _refuse_newer(config, connection)
            config.attributes["connection"] = connection
            run(config)
    except DBAPIError as error:
        raise DatabaseFault(
            Sentence(
                f"De database is niet te openen: {error.orig}.",
                f"The database can't be opened: {error.orig}.",
            )
        ) from error


def _refuse_newer(config: Config, connection: Connection) -> None:
    present = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if present is None or present in known:
        return
    raise DatabaseFault(
        Sentence(
            "Deze database is gemaakt door een nieuwere versie van Aan Tafel. Werk Aan Tafel bij.",
            "This database was made by a newer version of Aan Tafel. Update Aan Tafel.",
        )
    )
