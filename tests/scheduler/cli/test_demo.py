"""The province at work, from an empty folder on, and the ways into it."""

import json
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from scheduler.db import published
from scheduler.db.engine import Database
from scheduler.db.views import MeetingFilter
from scheduler.domain.access import SYSTEM
from scheduler.settings import CONFIG, Settings

Run = Callable[..., object]


@pytest.fixture
def shown(run: Run) -> Run:
    """The command, in an installation where the demo has run."""
    ran = run("demo")
    assert ran.code == 0, ran.err
    assert "Publication 1" in ran.out
    return run


def test_the_demo_publishes_a_year_and_is_repeatable(shown: Run, data: Path) -> None:
    database = Database(Settings.read().data.url)
    with database.session() as session:
        meetings = published.published_meetings(session, SYSTEM, MeetingFilter())
    database.close()
    assert 350 <= len(meetings) <= 450
    assert sum(bool(meeting.attendees) for meeting in meetings) > 0.9 * len(meetings)
    again = shown("demo")
    assert again.code == 0
    assert "published already" in again.out
    assert shown("demo", "--if-empty").out == ""

    document = json.loads(shown("feeds", "--json").out)
    assert set(document[0]) == {"kind", "id", "name", "url"}
    kinds = [feed["kind"] for feed in document]
    assert (kinds.count("organisation"), kinds.count("municipality")) == (12, 12)
    assert kinds.count("province") == 1
    assert json.loads(shown("feeds", "--json").out) == document
    renewed = json.loads(shown("feeds", "--json", "--new").out)
    assert not {feed["url"] for feed in renewed} & {feed["url"] for feed in document}
    assert document[0]["name"] in shown("feeds").out

    who = next(feed["id"] for feed in document if feed["kind"] == "representative")
    account = json.loads(shown("account", who, "--json").out)
    assert set(account) == {"url", "username", "password"}
    assert "Password" in shown("account", who).out
    assert shown("account", "nobody").code == 2

    for words in (["coordinator"], ["representative", who], ["municipality", "GM0114"]):
        assert json.loads(shown("sign-in", *words, "--json").out)["url"].startswith("http://127.")
    assert "/inloggen/" in shown("sign-in", "coordinator").out
    for wrong in (["representative"], ["coordinator", who], ["system"], ["municipality", "GM1"]):
        assert shown("sign-in", *wrong).code == 2

    removed = shown("demo", "--remove")
    assert removed.code == 0
    assert "Taken out" in removed.out
    assert "no sample" in shown("demo", "--remove").out


def test_a_folder_that_can_not_be_written_is_said(run: Run, data: Path) -> None:
    data.parent.mkdir(exist_ok=True)
    data.write_text("a file")
    refused = run("demo")
    assert refused.code == 3
    assert "data folder" in refused.err
    assert "Traceback" not in refused.err


def test_a_port_in_use_is_said(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = run("serve", "--port", str(port))
    assert refused.code == 3
    assert f"127.0.0.1:{port}" in refused.err
    assert "--port" in refused.err


def test_the_language_of_the_terminal_is_spoken(
    run: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data.parent.mkdir(exist_ok=True)
    data.write_text("a file")
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    assert "gegevensmap" in run("feeds").err


def test_the_configuration_is_sound(run: Run) -> None:
    checked = run("config", "check")
    assert checked.code == 0
    assert "12 municipalities" in checked.out


def test_a_broken_configuration_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AANTAFEL_WEB_PORT", "eighty")
    monkeypatch.setenv("AANTAFEL_PROVINCE_NAME", "atlantis")
    checked = run("config", "check")
    assert checked.code == 2
    assert "AANTAFEL_WEB_PORT" in checked.err
    assert "atlantis" in checked.err


def test_a_database_of_a_newer_version_is_said(run: Run, data: Path) -> None:
    assert run("feeds").code == 0
    database = Database(Settings.read().data.url)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    refused = run("feeds")
    assert refused.code == 3
    assert "newer version" in refused.err


def test_a_database_of_a_version_that_was_never_released_is_said(run: Run, data: Path) -> None:
    assert run("feeds").code == 0
    database = Database(Settings.read().data.url)
    with database.engine.begin() as connection:
        connection.execute(text("DROP TABLE plan_tier"))
    database.close()
    refused = run("feeds")
    assert refused.code == 3
    assert "Restore a backup" in refused.err
    assert "Traceback" not in refused.err


def test_a_broken_province_is_said_with_every_fault(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(CONFIG / "provinces" / "drenthe", tmp_path / "broken")
    (folder / "regions.csv").write_text("id,name\n,\n")
    (folder / "places.csv").unlink()
    monkeypatch.setenv("AANTAFEL_PROVINCE_NAME", str(folder))
    refused = run("demo")
    assert refused.code == 2
    assert "regions.csv" in refused.err
    assert "places.csv" in refused.err
    assert "Traceback" not in refused.err
