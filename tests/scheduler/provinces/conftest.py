import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from scheduler.provinces import BadProvince, read_province
from scheduler.settings import CONFIG

Change = Callable[[Path], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of Drenthe that a test may spoil."""
    return Path(
        shutil.copytree(
            CONFIG / "provinces" / "drenthe",
            tmp_path / "drenthe",
            ignore=shutil.ignore_patterns("*.geojson", "*.md"),
        )
    )


@pytest.fixture
def faults_of() -> Callable[[Path], list[str]]:
    """The Dutch sentences with which a folder is refused."""

    def faults_of(folder: Path) -> list[str]:
        with pytest.raises(BadProvince) as refused:
            read_province(folder)
        return [sentence.nl for sentence in refused.value.sentences]

    return faults_of
