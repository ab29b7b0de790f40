"""`aantafel import calendar`: what it prints, and its exit codes."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from scheduler.db.engine import Database
from scheduler.db.schema import migrate
from scheduler.domain.access import SYSTEM
from scheduler.domain.times import now
from scheduler.flows.province.load_province import load_province
from scheduler.keyring import secret_key
from scheduler.provinces import read_province
from scheduler.settings import Settings

Run = Callable[..., Any]


@pytest.fixture
def agenda(data: Path, tmp_path: Path) -> Path:
    """A loaded province, and a calendar with one good meeting and one that can't be read."""
    data.mkdir()
    settings = Settings.read()
    secret_key(data)
    with closing(Database(settings.data.url)) as database:
        migrate(database.engine)
        with database.session() as session:
            load_province(session, SYSTEM, read_province(settings.province.folder), at=now())
    soon = f"{now() + timedelta(days=30):%Y%m%dT190000Z}"
    file = tmp_path / "raad.ics"
    file.write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//\n"
        f"BEGIN:VEVENT\nUID:a\nSUMMARY:Raad\nDTSTART:{soon}\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:b\nSUMMARY:Stuk\nDTSTART:ooit\nEND:VEVENT\nEND:VCALENDAR\n",
        encoding="utf-8",
    )
    return file


def test_a_calendar_is_imported_and_read_again(run: Run, agenda: Path) -> None:
    first = run("import", "calendar", str(agenda), "--municipality", "GM0114")
    assert (first.code, first.err) == (0, "")
    assert first.out.splitlines() == [
        "raad.ics: 1 new; 0 outside the period.",
        "new        Raad",
        "bad_start    Stuk (ooit): left out",
    ]
    again = json.loads(run("import", "calendar", str(agenda), "--json").out)
    assert again["municipality"] == "GM0114"
    assert again["counts"]["unchanged"] == 1
    assert again["changes"] == []
    assert again["faults"] == [
        {"entry": "Stuk", "fault": "bad_start", "found": "ooit", "kept": False}
    ]


def test_what_cant_be_imported_is_a_sentence_and_a_code(run: Run, agenda: Path) -> None:
    nobodys = run("import", "calendar", str(agenda))
    assert (nobodys.code, nobodys.out) == (2, "")
    assert "doesn't say which municipality" in nobodys.err
    assert run("import", "calendar", "nergens.ics", "--municipality", "GM0114").code == 2
    private = run("import", "calendar", "http://127.0.0.1/x.ics", "--municipality", "GM0114")
    assert private.code == 2
    assert "not on the public internet" in private.err
