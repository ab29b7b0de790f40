"""The installation's secret keys: a file that only its owner can read, made at first use.

Its first line is the key in use, in hexadecimal. Further lines are earlier keys, the newest first;
one that begins with "log" may have been stolen, and only verifies what the log was sealed with.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from scheduler.domain.errors import DataFolderFault
from scheduler.domain.secrets import SecretKey

_NAME = "secret.key"
_BYTES = 32
_LOG = "log "


def secret_key(folder: Path) -> SecretKey:
    """Read the keys, or make one.

    Raises:
        DataFolderFault: the file can't be made or read, or doesn't hold a key.
    """
    path = folder / _NAME
    try:
        if not path.exists():
            _make(path, secrets.token_hex(_BYTES))
        return key_in(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise DataFolderFault(folder, f"{_NAME}: {error}") from error


def key_in(text: str) -> SecretKey:
    """The keys in a file's text; ValueError where it isn't one."""
    lines = text.strip().splitlines() or [""]
    usable = [each for each in lines if not each.startswith(_LOG)]
    for_log = [each.removeprefix(_LOG) for each in lines if each.startswith(_LOG)]
    newest, *earlier = map(_decoded, usable or [""])
    return SecretKey(newest, tuple(earlier), tuple(map(_decoded, for_log)))


def text_of(key: SecretKey) -> str:
    """What the file of these keys holds."""
    usable = (each.hex() for each in (key.value, *key.earlier))
    return "\n".join([*usable, *(f"{_LOG}{each.hex()}" for each in key.for_log)])


def has_key(folder: Path) -> bool:
    """Whether a key lies in the folder."""
    return (folder / _NAME).exists()


def keep_key(folder: Path, text: str) -> None:
    """Put down the keys of a backup, as `secret.key` holds them.

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
    if path.exists() and secret_key(folder) != key_in(text):
        raise DataFolderFault(folder, f"{_NAME}: er ligt een andere sleutel (another key)")


def shares_key(folder: Path, text: str) -> bool:
    """Whether a key in this text also lies in the folder: what one made, the other would open.

    Raises:
        DataFolderFault: the folder's keys can't be read.
    """
    if not has_key(folder):
        return False
    return not set(key_in(text).versions).isdisjoint(secret_key(folder).versions)


def add_key(folder: Path) -> SecretKey:
    """Put a new key before the others, in one step: the file is never without what it held.

    Raises:
        DataFolderFault: the file can't be written.
    """
    before = secret_key(folder)
    earlier = (before.value, *before.earlier)
    return _replace(folder, SecretKey(secrets.token_bytes(_BYTES), earlier, before.for_log))


def demote_earlier(folder: Path) -> SecretKey:
    """Let earlier keys verify the log and nothing else from now on: somebody may have them.

    Raises:
        DataFolderFault: the file can't be written.
    """
    before = secret_key(folder)
    return _replace(folder, SecretKey(before.value, (), (*before.earlier, *before.for_log)))


def _replace(folder: Path, key: SecretKey) -> SecretKey:
    path = folder / _NAME
    aside = path.with_name(f"{_NAME}.{os.getpid()}")
    try:
        _write(aside, text_of(key))
        aside.replace(path)
    except OSError as error:
        raise DataFolderFault(folder, f"{_NAME}: {error}") from error
    return key


def _make(path: Path, text: str) -> None:
    # Written aside and linked into place: two processes that start together get one key.
    aside = path.with_name(f"{_NAME}.{os.getpid()}")
    _write(aside, text)
    try:
        with suppress(FileExistsError):
            os.link(aside, path)
    finally:
        aside.unlink()


def _write(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    with path.open("w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _decoded(text: str) -> bytes:
    key = bytes.fromhex(text.strip())
    if len(key) != _BYTES:
        raise ValueError(f"expected {_BYTES} bytes in hexadecimal, found {len(key)}")
    return key
