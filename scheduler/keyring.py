"""The installation's secret key: a file that only its owner can read, made at first use."""

import os
import secrets
from pathlib import Path

from scheduler.domain.errors import DataFolderFault
from scheduler.domain.secrets import SecretKey

_NAME = "secret.key"
_BYTES = 32


def secret_key(folder: Path) -> SecretKey:
    """Read the key, or make it.

    Raises:
        DataFolderFault: the file can't be made or read, or doesn't hold a key.
    """
    path = folder / _NAME
    try:
        if not path.exists():
            _make(path, secrets.token_hex(_BYTES))
        return SecretKey(_decoded(path))
    except (OSError, ValueError) as error:
        raise DataFolderFault(folder, f"{_NAME}: {error}") from error


def has_key(folder: Path) -> bool:
    """Whether a key lies in the folder."""
    return (folder / _NAME).exists()


def keep_key(folder: Path, text: str) -> None:
    """Put down the key of a backup, in the hexadecimal that `secret.key` holds.

    Raises:
        DataFolderFault: the file can't be made, or another key lies there.
    """
    refuse_other_key(folder, text)
    try:
        _make(folder / _NAME, text)
    except OSError as error:
        raise DataFolderFault(folder, f"{_NAME}: {error}") from error


def refuse_other_key(folder: Path, text: str) -> None:
    """Refuse a folder in which another key lies: what was sealed with it would never open again.

    Raises:
        DataFolderFault: there is another key, or the file can't be read.
    """
    path = folder / _NAME
    if path.exists() and secret_key(folder).value != bytes.fromhex(text.strip()):
        raise DataFolderFault(folder, f"{_NAME}: er ligt een andere sleutel (another key)")


def _make(path: Path, text: str) -> None:
    # Written aside and linked into place: two processes that start together get one key.
    aside = path.with_name(f"{_NAME}.{os.getpid()}")
    aside.touch(mode=0o600)
    aside.write_text(text, encoding="ascii")
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()


def _decoded(path: Path) -> bytes:
    key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    if len(key) != _BYTES:
        raise ValueError(f"expected {_BYTES} bytes in hexadecimal, found {len(key)}")
    return key
