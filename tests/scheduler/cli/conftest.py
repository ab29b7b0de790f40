"""The command as a user runs it: its exit code and what it prints."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from originals import Originals

from scheduler.cli import main


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def data(tmp_path: Path, originals: Originals, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An installation's own data folder, with a short time to plan."""
    folder = tmp_path / "data"
    monkeypatch.setenv("AANTAFEL_DATA", str(folder))
    monkeypatch.setenv("AANTAFEL_PLANNING_DEMO_TIME_LIMIT_SECONDS", "3")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    with originals.copy("empty") as database:
        address = database.engine.url
        if address.get_backend_name() != "sqlite":
            monkeypatch.setenv("AANTAFEL_DATABASE_URL", address.render_as_string())
        yield folder


@pytest.fixture
def run(data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("feeds", "--json")` runs `aantafel feeds --json` in this process."""

    def make(*words: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["aantafel", *words])
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return make
