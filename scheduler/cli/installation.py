"""Opening an installation: its settings, data folder, database and key."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from scheduler.cli.address import remembered
from scheduler.db import audits
from scheduler.db.engine import Database, require_writable
from scheduler.db.schema import migrate
from scheduler.domain.access import SYSTEM
from scheduler.domain.errors import DataFolderFault
from scheduler.domain.secrets import SecretKey
from scheduler.keyring import has_key, secret_key
from scheduler.settings import Settings
from scheduler.web.context import Context


@contextmanager
def installation(given: Mapping[str, str] | None = None) -> Iterator[Context]:
    """Open what the settings name: the data folder, the database at today's schema, the key.

    Args:
        given: settings named on the command line, as the environment would name them, for who is
            about to serve. Without it, links name the address that was served last.

    Raises:
        AanTafelError: something of it can't be used.
    """
    settings = _as_served_last() if given is None else Settings.read({**os.environ, **given})
    require_writable(settings.data.folder)
    database = Database(settings.data.url)
    try:
        migrate(database.engine)
        yield Context(settings=settings, database=database, key=_key(settings, database))
    finally:
        database.close()


def _key(settings: Settings, database: Database) -> SecretKey:
    """The key; made only for a database in which nothing was done yet.

    Raises:
        DataFolderFault: the database is in use, with a key that lies in another folder.
    """
    folder = settings.data.folder
    if not has_key(folder):
        with database.session() as session:
            if audits.nouns(session, SYSTEM):
                raise DataFolderFault(folder, _ELSEWHERE)
    return secret_key(folder)


_ELSEWHERE = (
    "kopieer secret.key hierheen van de machine waarop deze database in gebruik is "
    "(copy secret.key here from the machine that uses this database)"
)


def _as_served_last() -> Settings:
    """The environment goes before what is remembered."""
    settings = Settings.read()
    return Settings.read({**remembered(settings.data.folder), **os.environ})
