"""The file of a backup: a zip with a list of contents, rows by table, and the secret key.

With a passphrase the whole zip is an age file (age-encryption.org/v1), which the program `age`
opens too.
"""

import io
import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Self

from pyrage import DecryptError, passphrase

from scheduler.domain.errors import BadInput, Sentence
from scheduler.keyring import key_in

_SEALED = b"age-encryption.org/"
_FORMAT = "aantafel-backup-1"
_CONTENTS = "contents.json"
_KEY = "secret.key"


class BadBackup(BadInput):
    """The file isn't a backup that can be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a backup says of itself: when it was made (ISO 8601, UTC), and of which schema.

    `rows` and `digests` (SHA-256) are by table.
    """

    made_at: str
    revision: str
    rows: dict[str, int]
    digests: dict[str, str]
    format: str = _FORMAT


class Writer:
    """Puts a backup together."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._content = io.BytesIO()
        self._zip = zipfile.ZipFile(self._content, "w", zipfile.ZIP_DEFLATED)
        self._rows: dict[str, int] = {}
        self._digests: dict[str, str] = {}

    def add_table(self, name: str, lines: Iterator[str]) -> int:
        """Put in a table's lines, of which the first names the columns; gives the rows' number."""
        digest, count = sha256(), -1
        with self._zip.open(_member(name), "w", force_zip64=True) as member:
            for line in lines:
                encoded = f"{line}\n".encode()
                member.write(encoded)
                digest.update(encoded)
                count += 1
        self._rows[name], self._digests[name] = count, digest.hexdigest()
        return count

    def finished(self, *, made_at: str, revision: str, key: str, secret: str = "") -> bytes:
        """The file's bytes, sealed where there is a passphrase in `secret`."""
        contents = Contents(
            made_at=made_at, revision=revision, rows=self._rows, digests=self._digests
        )
        self._zip.writestr(_KEY, key)
        self._zip.writestr(_CONTENTS, json.dumps(asdict(contents), indent=2))
        self._zip.close()
        plain = self._content.getvalue()
        return passphrase.encrypt(plain, secret) if secret else plain


class Reader:
    """Takes a backup apart; every table's digest has been compared."""

    def __init__(self, archive: zipfile.ZipFile, contents: Contents) -> None:
        """Wrap what `opened` found to be whole."""
        self._zip = archive
        self.contents = contents

    @classmethod
    def opened(cls, content: bytes, secret: str = "") -> Self:
        """The backup in these bytes.

        Raises:
            BadBackup: it is sealed and the passphrase doesn't open it, or it isn't a whole backup.
        """
        try:
            archive = zipfile.ZipFile(io.BytesIO(_unsealed(content, secret)))
            reader = cls(archive, Contents(**json.loads(archive.read(_CONTENTS))))
            reader._compare()
        except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, OSError) as error:
            raise BadBackup(_NOT_WHOLE) from error
        return reader

    @property
    def key(self) -> str:
        """The installation's secret key, as its file holds it."""
        return self._zip.read(_KEY).decode("ascii")

    def lines(self, name: str) -> Iterator[str]:
        """A table's lines."""
        with self._zip.open(_member(name)) as member:
            yield from io.TextIOWrapper(member, encoding="utf-8")

    def _compare(self) -> None:
        if self.contents.format != _FORMAT:
            raise ValueError(self.contents.format)
        key_in(self.key)
        for name, digest in self.contents.digests.items():
            with self._zip.open(_member(name)) as member:
                found = sha256()
                while part := member.read(1 << 16):
                    found.update(part)
            if found.hexdigest() != digest:
                raise ValueError(name)


def put_down(path: Path, content: bytes) -> None:
    """Make the file, for its owner alone, whole or not at all; never over another.

    Raises:
        FileExistsError, OSError: it is there already, or can't be made.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.touch(mode=0o600, exist_ok=False)
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def _unsealed(content: bytes, secret: str) -> bytes:
    if not content.startswith(_SEALED):
        return content
    try:
        return bytes(passphrase.decrypt(content, secret))
    except DecryptError as error:
        raise BadBackup(_WRONG_WORD if secret else _SEALED_UP) from error


def _member(name: str) -> str:
    return f"tables/{name}.jsonl"


_NOT_WHOLE = Sentence(
    "Dit bestand is geen reservekopie van Aan Tafel, of het is beschadigd.",
    "This file isn't a backup of Aan Tafel, or it is damaged.",
)
_SEALED_UP = Sentence(
    "Deze reservekopie is versleuteld. Geef het wachtwoord met --passphrase-stdin.",
    "This backup is encrypted. Give its passphrase with --passphrase-stdin.",
)
_WRONG_WORD = Sentence(
    "Dit wachtwoord past niet bij deze reservekopie.", "This passphrase doesn't open this backup."
)
