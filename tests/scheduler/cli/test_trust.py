"""Who works here, the secret key, and one person's record, from the command line."""

import json
from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from scheduler.cli import person
from scheduler.db.engine import Database
from scheduler.domain.secrets import SecretKey
from scheduler.keyring import secret_key
from scheduler.settings import Settings
from scheduler.web.context import Context

Run = Callable[..., Any]


@pytest.fixture
def people(province: Database, now: datetime, run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `person` on the small province, on its own day."""

    @contextmanager
    def opened() -> Any:
        yield Context(
            settings=Settings.read({}),
            database=province,
            key=SecretKey(b"k" * 32),
            clock=lambda: now,
        )

    monkeypatch.setattr(person, "installation", opened)
    return lambda *words: run("person", *words)


def test_a_colleague_is_added_locked_out_and_let_in_no_more(run: Run) -> None:
    for name in ("Anna", "Bas"):
        added = run("staff", "add", "administrator", name, f"{name}@huurders.example")
        assert added.code == 0
    number = added.out.strip()
    listed = json.loads(run("staff", "list", "--json").out)
    assert [each["name"] for each in listed] == ["Anna", "Bas"]
    assert not any(each["second_factor"] for each in listed)
    assert run("staff", "shut", number).code == 0
    assert run("staff", "end", number).code == 0
    assert "Bas" not in run("staff", "list").out
    assert run("staff", "end", number).code == 2


def test_a_representative_is_no_colleague(run: Run) -> None:
    refused = run("staff", "add", "representative", "Anna", "a@b.example")
    assert (refused.code, "auditor" in refused.err) == (2, True)


def test_the_key_is_rotated_when_nothing_serves(run: Run, data: Path) -> None:
    run("staff", "list")
    before = secret_key(data)
    refused = run("keys", "rotate")
    assert (refused.code, "--stopped" in refused.err) == (2, True)
    assert secret_key(data) == before
    done = json.loads(run("keys", "rotate", "--stopped", "--json").out)
    assert not done["continued"]
    assert secret_key(data).earlier == (before.value,)
    assert "Make a new backup now." in run("keys", "rotate", "--stopped", "--stolen").out
    assert secret_key(data).earlier == ()
    assert run("audit", "verify").code == 0


def test_a_persons_record_is_given_and_erased(people: Run, tmp_path: Path) -> None:
    calendar = tmp_path / "own.ics"
    record = json.loads(people("export", "r12", "--calendar", str(calendar)).out)
    assert record["tables"]["representative"][0]["label"] == "Afgevaardigde 12"
    assert Calendar.from_ical(calendar.read_bytes()).walk("VEVENT")
    assert people("export", "r12", "--calendar", str(calendar)).code == 2
    assert people("erase", "r12").code == 2
    assert json.loads(people("erase", "r12", "--for-good", "--json").out)["rows"] >= 0
    after = json.loads(people("export", "r12").out)
    assert after["tables"]["representative"][0]["label"] == "Voormalig afgevaardigde"
    assert people("erase", "st-geen", "--for-good").code == 2
    assert "Backups from before today" in people("erase", "r14", "--for-good").out
