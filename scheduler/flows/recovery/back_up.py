"""Everything of an installation into one file, while it runs."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scheduler.db import dump, schema
from scheduler.db.engine import Database
from scheduler.domain.errors import BadInput, Sentence
from scheduler.domain.secrets import SecretKey
from scheduler.flows.recovery.archive import Writer, put_down
from scheduler.keyring import text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A backup that was made: its rows in all, and its size in bytes."""

    path: Path
    rows: int
    size: int


def back_up(
    database: Database, key: SecretKey, path: Path, *, at: datetime, secret: str = ""
) -> Made:
    """Write the database as it is at one moment, and the secret key, to a file.

    Others may go on writing; what they commit after the moment isn't in the file.

    Args:
        database: a database of this version.
        key: the installation's secret key.
        path: where the file goes; there may be none yet.
        at: when the backup is made, for its list of contents.
        secret: a passphrase to encrypt it with; empty: it isn't encrypted.

    Raises:
        BadInput: the file is there already, or can't be made.
    """
    writer = Writer()
    rows = 0
    with dump.snapshot(database.engine) as connection:
        revision = schema.revision_of(connection) or ""
        for name in dump.tables():
            rows += writer.add_table(name, dump.lines(connection, name))
    content = writer.finished(
        made_at=at.isoformat(), revision=revision, key=text_of(key), secret=secret
    )
    _put_down(path, content)
    return Made(path=path, rows=rows, size=len(content))


def _put_down(path: Path, content: bytes) -> None:
    try:
        put_down(path, content)
    except FileExistsError as error:
        raise BadInput(
            Sentence(
                f"{path} bestaat al. Kies een andere naam: een reservekopie wordt nooit vervangen.",
                f"{path} exists already. Choose another name: no backup is ever replaced.",
            )
        ) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput(
            Sentence(f"{path} is niet te maken: {reason}.", f"{path} can't be made: {reason}.")
        ) from error
