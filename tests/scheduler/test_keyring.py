"""The installation's key: made once, for its owner's eyes only."""

from pathlib import Path

import pytest

from scheduler.domain.errors import DataFolderFault
from scheduler.keyring import secret_key


def test_the_key_is_made_once(tmp_path: Path) -> None:
    assert secret_key(tmp_path).value == secret_key(tmp_path).value
    assert len(secret_key(tmp_path).value) == 32


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    assert secret_key(tmp_path / "one").value != secret_key(tmp_path / "other").value


def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    secret_key(tmp_path)
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secret.key"]


@pytest.mark.parametrize("content", ["", "no hexadecimal", "abcd"])
def test_a_broken_key_is_said(tmp_path: Path, content: str) -> None:
    (tmp_path / "secret.key").write_text(content)
    with pytest.raises(DataFolderFault, match=r"secret\.key"):
        secret_key(tmp_path)


def test_a_key_is_never_printed(tmp_path: Path) -> None:
    key = secret_key(tmp_path)
    assert key.value.hex() not in repr(key)
