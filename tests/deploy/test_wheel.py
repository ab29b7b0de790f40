"""The wheel holds everything that runs, and nothing that builds."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as it is released, made by way of the source archive, and unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, HERE]
    subprocess.run(build, check=True, capture_output=True)
    (packed,) = folder.glob("*.whl")
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


@pytest.mark.parametrize(
    "path",
    [
        "config/default.toml",
        "config/provinces/drenthe/province.toml",
        "scheduler/db/migrations/env.py",
        "scheduler/web/locale/en/LC_MESSAGES/messages.po",
        "scheduler/web/static/css/frame.css",
        "scheduler/web/static/vendor/utrecht.css",
        "scheduler/web/static/vendor/radio-canada-latin-wght-normal.woff2",
        "scheduler/web/templates/base.html",
        "scheduler/mail/templates/letter.txt",
    ],
)
def test_what_runs_is_in_it(wheel: Path, path: str) -> None:
    assert (wheel / path).stat().st_size > 0


def test_what_builds_and_tests_is_not(wheel: Path) -> None:
    tops = {path.name for path in wheel.iterdir() if not path.name.endswith(".dist-info")}
    assert tops == {"calendars", "config", "scheduler", "solver"}
    assert not list(wheel.rglob("node_modules"))


def test_it_runs_away_from_its_source(wheel: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(wheel), "AANTAFEL_DATA": str(tmp_path / "data")}
    where = "import scheduler, sys; sys.stdout.write(scheduler.__file__)"
    for words in (["-c", where], ["-m", "scheduler.cli", "config", "check"]):
        ran = subprocess.run(
            [sys.executable, *words],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        assert words[0] == "-m" or ran.stdout.startswith(str(wheel))
