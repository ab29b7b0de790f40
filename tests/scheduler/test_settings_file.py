from pathlib import Path

import pytest

from scheduler.domain.errors import BadInput
from scheduler.settings import CONFIG, Settings

TEXT = (CONFIG / "default.toml").read_text(encoding="utf-8")


def test_a_faulty_file_is_refused_with_all_its_faults(tmp_path: Path) -> None:
    path = tmp_path / "default.toml"
    text = TEXT.replace("port = 8000", 'port = "http"').replace("days_back = 30", "days_bak = 30")
    path.write_text(text.replace('name = "drenthe"', "").replace("[planning]", "[plans]"))
    with pytest.raises(BadInput) as error:
        Settings.read({}, path)
    assert [sentence.nl for sentence in error.value.sentences] == [
        "De instelling plans bestaat niet.",
        "web.port moet een geheel getal vanaf 0 zijn, niet 'http'.",
        "De instelling feeds.days_bak bestaat niet.",
        "feeds.days_back ontbreekt: een geheel getal vanaf 0.",
        "planning.policy ontbreekt: een waarde.",
        "planning.time_limit_seconds ontbreekt: een getal vanaf 0.",
        "planning.demo_time_limit_seconds ontbreekt: een getal vanaf 0.",
        "planning.seed ontbreekt: een geheel getal vanaf 0.",
        "planning.stand_in_hours ontbreekt: een geheel getal vanaf 0.",
        "province.name ontbreekt: een waarde.",
    ]


def test_a_file_that_is_not_toml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "default.toml"
    path.write_text("[web")
    with pytest.raises(BadInput, match=r"default\.toml: expected valid TOML"):
        Settings.read({}, path)


def test_what_contradicts_itself_is_refused_with_the_rest() -> None:
    given = {
        "AANTAFEL_METRICS_ACCESS": "token",
        "AANTAFEL_WORK_SOLVES": "-1",
        "AANTAFEL_LOG_FORM": "xml",
    }
    with pytest.raises(BadInput) as error:
        Settings.read(given)
    assert [sentence.en for sentence in error.value.sentences] == [
        "AANTAFEL_WORK_SOLVES must be a whole number from 0, not '-1'.",
        "AANTAFEL_LOG_FORM must be one of lines, json, not 'xml'.",
        "AANTAFEL_METRICS_TOKEN must be at least 20 characters long.",
    ]
    assert Settings.read({"AANTAFEL_METRICS_ACCESS": "loopback"}).metrics.token == ""
