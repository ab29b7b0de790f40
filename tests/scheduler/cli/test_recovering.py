"""A backup and a restore as an administrator does them."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from originals import Originals

Run = Callable[..., Any]


@pytest.fixture
def elsewhere(
    tmp_path: Path, originals: Originals, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], None]:
    """From the call on, the command works in an empty place on a file of its own."""

    def go() -> None:
        monkeypatch.setenv("AANTAFEL_DATA", str(tmp_path / "elsewhere"))
        monkeypatch.delenv("AANTAFEL_DATABASE_URL", raising=False)

    return go


def test_a_restored_installation_gives_the_same_addresses(
    run: Run, tmp_path: Path, elsewhere: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = str(tmp_path / "kopie.age")
    assert run("demo").code == 0
    feeds = run("feeds", "--json").out
    monkeypatch.setattr("sys.stdin", io.StringIO("een lang wachtwoord\n"))
    made = run("backup", file, "--passphrase-stdin")
    assert made.code == 0, made.err
    assert ", encrypted." in made.out
    elsewhere()
    refused = run("restore", file)
    assert refused.code == 2
    assert "--passphrase-stdin" in refused.err
    monkeypatch.setattr("sys.stdin", io.StringIO("een lang wachtwoord\n"))
    restored = run("restore", file, "--passphrase-stdin")
    assert restored.code == 0, restored.err
    assert "Restored: " in restored.out
    assert run("feeds", "--json").out == feeds


def test_a_passphrase_has_to_be_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    refused = run("backup", str(tmp_path / "kopie.age"), "--passphrase-stdin")
    assert refused.code == 2
    assert "No passphrase" in refused.err
    assert not (tmp_path / "kopie.age").exists()
