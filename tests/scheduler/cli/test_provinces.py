"""Several provinces in one installation, as whoever keeps it handles them."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from originals import Originals

from scheduler.settings import CONFIG

Run = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where provinces are to be; there is none yet."""
    monkeypatch.delenv("AANTAFEL_DATABASE_URL", raising=False)
    monkeypatch.setenv("AANTAFEL_PROVINCES", str(tmp_path / "provinces"))
    return tmp_path / "provinces"


@pytest.fixture
def two(folder: Path, run: Run, originals: Originals) -> Iterator[Path]:
    """Drenthe and Groningen, each with a database of its own."""
    with ExitStack() as stack:
        for name in ("drenthe", "groningen"):
            url = f"https://{name}.tafel.example"
            assert run("province", "add", name, "--url", url, "--facts", "drenthe").code == 0
            database = stack.enter_context(originals.copy("empty"))
            address = database.engine.url.render_as_string(hide_password=False)
            with (folder / name / "settings.toml").open("a") as settings:
                settings.write(f'\n[data]\ndatabase = "{address}"\n')
        yield folder


def test_a_province_is_added_for_its_owner_alone(folder: Path, run: Run) -> None:
    made = run("province", "add", "drenthe", "--url", "https://Drenthe.tafel.example/")
    assert made.code == 0, made.err
    assert folder.joinpath("drenthe").stat().st_mode & 0o077 == 0
    assert folder.joinpath("drenthe", "settings.toml").stat().st_mode & 0o077 == 0
    assert json.loads(run("province", "list", "--json").out) == [
        {
            "name": "drenthe",
            "url": "https://drenthe.tafel.example",
            "folder": str(folder / "drenthe"),
        }
    ]
    assert "Drenthe, 12 municipalities" in run("config", "check").out
    assert run("feeds").code == 0  # the only one needn't be named


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Drenthe", "--url", "https://x.example"), "is no name"),
        (("../x", "--url", "https://x.example"), "is no name"),
        (("x", "--url", "x.example", "--facts", "drenthe"), "is no address"),
        (("x", "--url", "https://x.example/pad", "--facts", "drenthe"), "is no address"),
        (("x", "--url", 'https://x"y.example', "--facts", "drenthe"), "is no address"),
        (("x", "--url", "https://x.example:99999", "--facts", "drenthe"), "is no address"),
        (("fryslan", "--url", "https://x.example"), "expected a province's folder"),
        (("drenthe", "--url", "https://x.example"), "exists already"),
        (
            ("x", "--url", "https://DRENTHE.tafel.example:81", "--facts", "drenthe"),
            "the same host name",
        ),
    ],
)
def test_what_cant_be_added_leaves_nothing_behind(
    two: Path, run: Run, words: tuple[str, ...], said: str
) -> None:
    before = sorted(two.rglob("*"))
    refused = run("province", "add", *words)
    assert refused.code == 2
    assert said in refused.err
    assert sorted(two.rglob("*")) == before


def test_a_provinces_facts_may_lie_elsewhere(folder: Path, run: Run, tmp_path: Path) -> None:
    facts = shutil.copytree(CONFIG / "provinces" / "drenthe", tmp_path / "facts")
    url = "https://fryslân.tafel.example"
    assert run("province", "add", "fryslan", "--url", url, "--facts", str(facts)).code == 0
    assert "https://xn--frysln-0ta.tafel.example" in run("province", "list").out
    assert run("config", "check").code == 0
    (facts / "tables.csv").unlink()
    assert run("config", "check").code == 2


def test_an_installation_of_one_province_has_no_names(run: Run) -> None:
    assert "AANTAFEL_PROVINCES" in run("province", "add", "x", "--url", "https://x.example").err
    refused = run("feeds", "--province", "drenthe")
    assert (refused.code, refused.out) == (2, "")
    assert "There is no province drenthe here" in refused.err


def test_of_several_one_has_to_be_named(
    two: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = run("staff", "list")
    assert refused.code == 2
    assert "several provinces here: drenthe, groningen" in refused.err
    assert run("staff", "list", "--province", "fryslan").code == 2
    words = ("staff", "add", "coordinator", "Bas", "bas@huurders.example")
    assert run("--province", "groningen", *words).code == 0
    assert "Bas" in run("staff", "list", "--province=groningen").out
    assert "Bas" not in run("staff", "list", "--province", "drenthe").out
    monkeypatch.setenv("AANTAFEL_PROVINCE", "groningen")
    assert "Bas" in run("staff", "list").out


def test_links_are_to_the_province_itself(two: Path, run: Run) -> None:
    link = json.loads(run("sign-in", "coordinator", "--json", "--province", "drenthe").out)
    assert link["url"].startswith("https://drenthe.tafel.example/inloggen/")


def test_the_doctor_sees_all_and_none_hides_another(two: Path, run: Run) -> None:
    (two / "drenthe" / "secret.key").mkdir()
    looked = run("doctor")
    assert looked.code == 3
    drenthe, groningen = looked.out.split("groningen:\n")
    assert "X  opening" in drenthe
    assert "ok log" in groningen
    assert "opening" not in groningen
    of_one = json.loads(run("doctor", "--json", "--province", "groningen").out)
    assert [each["province"] for each in of_one] == ["groningen"]
    assert {each["province"] for each in json.loads(run("doctor", "--json").out)} == {
        "drenthe",
        "groningen",
    }


def test_what_others_can_read_is_said(two: Path, run: Run) -> None:
    assert "X  key" not in run("doctor").out
    (two / "drenthe" / "settings.toml").chmod(0o644)
    assert f"chmod 600 {two / 'drenthe' / 'settings.toml'}" in run("doctor").out


def test_a_new_key_of_one_is_no_new_key_of_another(two: Path, run: Run) -> None:
    for name in ("drenthe", "groningen"):
        assert run("audit", "verify", "--province", name).code == 0
    before = (two / "drenthe" / "secret.key").read_text()
    assert run("keys", "rotate", "--stopped", "--province", "groningen").code == 0
    assert (two / "drenthe" / "secret.key").read_text() == before
    assert len((two / "groningen" / "secret.key").read_text().split()) == 2


def test_a_backup_comes_back_to_its_own_province_alone(two: Path, run: Run, tmp_path: Path) -> None:
    file = str(tmp_path / "drenthe.zip")
    assert run("backup", file, "--province", "drenthe").code == 0
    url = "https://fryslan.tafel.example"
    assert run("province", "add", "fryslan", "--url", url, "--facts", "drenthe").code == 0
    refused = run("restore", file, "--province", "fryslan")
    assert refused.code == 2
    assert "another province's" in refused.err
    assert [each.name for each in (two / "fryslan").iterdir()] == ["settings.toml"]
    (two / "drenthe").rename(tmp_path / "away")
    assert run("restore", file, "--province", "fryslan").code == 0
    assert (two / "fryslan" / "secret.key").exists()


def test_each_plans_by_its_own_policy(two: Path, run: Run) -> None:
    with (two / "groningen" / "settings.toml").open("a") as settings:
        settings.write('\n[planning]\npolicy = "policy.toml"\n')
    assert "policy.toml" in run("config", "check").err
    (two / "groningen" / "policy.toml").write_text("tiers = []\n")
    wrong = run("config", "check")
    assert wrong.code == 2
    assert "office_hours.start" in wrong.err
    assert run("staff", "list", "--province", "groningen").code == 2
    assert run("staff", "list", "--province", "drenthe").code == 0
