"""Opening an installation, or one province of it: its settings, data folder, database and key."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from scheduler import hosting
from scheduler.cli.address import remembered
from scheduler.cli.app import chosen_province
from scheduler.db import audits
from scheduler.db.engine import Database, require_writable
from scheduler.db.schema import migrate
from scheduler.domain.access import SYSTEM
from scheduler.domain.errors import BadInput, DataFolderFault, Sentence
from scheduler.domain.secrets import SecretKey
from scheduler.hosting import Hosted
from scheduler.keyring import has_key, secret_key
from scheduler.policy import read_policy
from scheduler.settings import Settings
from scheduler.web.context import Context


@contextmanager
def installation(given: Mapping[str, str] | None = None) -> Iterator[Context]:
    """Open what the settings name: the data folder, the database at today's schema, the key.

    Args:
        given: settings named on the command line, as the environment would name them, for who is
            about to serve. Without it, links name the address that was served last.

    Raises:
        AanTafelError: something of it can't be used, or there are several provinces and none was
            named.
    """
    with opened(the_one(given)) as context:
        yield context


@contextmanager
def opened(one: Hosted) -> Iterator[Context]:
    """Open one province.

    Raises:
        AanTafelError: something of it can't be used.
    """
    settings = one.settings
    policy = read_policy(settings.policy_file)
    require_writable(settings.data.folder)
    database = Database(settings.data.url)
    try:
        migrate(database.engine)
        key = _key(settings, database)
        yield Context(
            settings=settings, database=database, key=key, policy=policy, province=one.name
        )
    finally:
        database.close()


def the_one(given: Mapping[str, str] | None = None) -> Hosted:
    """The province that a command is about; without a name where the installation is one's own.

    Raises:
        BadInput: there are several and none was named, or the settings can't be used.
    """
    several = provinces(given)
    if not several:
        settings = _as_served_last() if given is None else Settings.read({**os.environ, **given})
        return Hosted(name="", settings=settings)
    if len(several) > 1:
        names = ", ".join(each.name for each in several)
        raise BadInput(
            Sentence(
                f"Hier zijn meer provincies: {names}. Noem er een met --province.",
                f"There are several provinces here: {names}. Name one with --province.",
            )
        )
    return several[0]


def provinces(given: Mapping[str, str] | None = None) -> tuple[Hosted, ...]:
    """The provinces of this installation, or the one that was named; none where it is one's own.

    Raises:
        BadInput: there is none of that name, or the settings can't be used.
    """
    several = hosting.found({**os.environ, **(given or {})})
    name = chosen_province()
    if not name:
        return several
    named = tuple(each for each in several if each.name == name)
    if not named:
        raise BadInput(
            Sentence(
                f"Hier is geen provincie {name}. Zie: aantafel province list",
                f"There is no province {name} here. See: aantafel province list",
            )
        )
    return named


def neighbours(one: Hosted) -> tuple[Path, ...]:
    """The data folders of the other provinces."""
    several = hosting.found() if one.name else ()
    return tuple(each.settings.data.folder for each in several if each.name != one.name)


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
