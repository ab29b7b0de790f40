"""An installation out of a backup: into an empty place, whole or not at all."""

import os
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from scheduler.db import dump, schema
from scheduler.db.engine import Database, require_writable
from scheduler.domain.errors import BadInput, Sentence
from scheduler.flows.recovery.archive import BadBackup, Reader
from scheduler.keyring import keep_key, refuse_other_key, shares_key
from scheduler.settings import Data


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came back: as it was at `made_at`, so many rows."""

    made_at: datetime
    rows: int


def restore(path: Path, data: Data, *, secret: str = "", beside: Iterable[Path] = ()) -> Restored:
    """Fill an empty data folder and an empty database from a backup, brought to this version.

    The backup may come from an older version, and from the other kind of database.

    Args:
        path: the file.
        data: where the installation is to live.
        secret: the passphrase where the file is encrypted.
        beside: the data folders of other provinces in the installation.

    Raises:
        BadInput: the file can't be read, there is an installation in that place already, or the
            backup is one of a province beside.
        BadBackup: it isn't a whole backup, or the passphrase is wrong.
        DatabaseFault: a newer version made the backup.
    """
    reader = Reader.opened(_read(path), secret)
    require_writable(data.folder)
    refuse_other_key(data.folder, reader.key)
    if any(shares_key(folder, reader.key) for folder in beside):
        raise BadInput(_ANOTHERS)
    with _empty_database(data.url) as database:
        _fill(database.engine, reader)
    keep_key(data.folder, reader.key)
    made_at = datetime.fromisoformat(reader.contents.made_at)
    return Restored(made_at=made_at, rows=sum(reader.contents.rows.values()))


@contextmanager
def _empty_database(url: str) -> Iterator[Database]:
    """A database to fill; a file takes its place only when the block has ended well."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        with closing(Database(url)) as database:
            _refuse_full(database.engine)
            yield database
        return
    path = Path(str(address.database))
    if path.exists():
        raise BadInput(_OCCUPIED)
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with closing(Database(f"sqlite:///{aside}")) as database:
            yield database
        os.link(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def _refuse_full(engine: Engine) -> None:
    if not dump.is_empty(engine):
        raise BadInput(_OCCUPIED)


def _fill(engine: Engine, reader: Reader) -> None:
    """In one transaction: the schema of the backup's version, its rows, then today's schema."""
    tables = {name: reader.lines(name) for name in reader.contents.rows}
    try:
        with engine.begin() as connection:
            schema.bring_to(connection, reader.contents.revision)
            dump.fill(connection, tables)
            schema.bring_to(connection)
    except (SQLAlchemyError, ValueError, KeyError, StopIteration) as error:
        raise BadBackup(_UNFIT) from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput(
            Sentence(f"{path} is niet te lezen: {reason}.", f"{path} can't be read: {reason}.")
        ) from error


_OCCUPIED = Sentence(
    "Hier staat al een database. Zet terug in een lege gegevensmap (AANTAFEL_DATA) of database.",
    "There is a database here already. Restore into an empty data folder (AANTAFEL_DATA) or "
    "database.",
)
_ANOTHERS = Sentence(
    "Deze reservekopie is van een andere provincie in deze installatie. Er is niets teruggezet.",
    "This backup is another province's of this installation. Nothing was restored.",
)
_UNFIT = Sentence(
    "De rijen in deze reservekopie passen niet in de database. Er is niets teruggezet.",
    "The rows in this backup don't fit the database. Nothing was restored.",
)
