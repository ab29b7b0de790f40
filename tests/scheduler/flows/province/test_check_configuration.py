import shutil
from pathlib import Path

import pytest

from scheduler.domain.errors import BadInput
from scheduler.flows.province.check_configuration import check_configuration
from scheduler.settings import CONFIG


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONFIG, tmp_path / "config"))


def test_a_sound_configuration_is_summed_up() -> None:
    found = check_configuration({})
    assert found.summary.nl == (
        "De instellingen kloppen: Drenthe, 12 gemeenten, 12 huurdersorganisaties,"
        " 115 overlegtafels en 6 wettelijke termijnen."
    )
    assert found.settings.web.port == 8000


def test_the_faults_of_all_files_and_of_the_environment_come_at_once(config: Path) -> None:
    (config / "policy.toml").write_text("tiers = [")
    (config / "legal.toml").unlink()
    (config / "provinces" / "drenthe" / "regions.csv").write_text("id,name,source,confidence\n")
    with pytest.raises(BadInput) as refused:
        check_configuration({"PORT": "http"}, config)
    files = [sentence.en.split(":")[0].split(" ")[0] for sentence in refused.value.sentences]
    assert files[:4] == ["PORT", "policy.toml", "legal.toml", "regions.csv"]
    assert set(files[4:]) == {"municipalities.csv,", "organisations.csv,"}


def test_a_province_without_a_folder_is_named(config: Path) -> None:
    with pytest.raises(BadInput, match="friesland: expected a province's folder"):
        check_configuration({"AANTAFEL_PROVINCE_NAME": "friesland"}, config)
