"""Verifying the log, as an administrator does it."""

import json
from collections.abc import Callable
from contextlib import closing
from typing import Any

from sqlalchemy import text

from scheduler.db.engine import Database
from scheduler.settings import Settings

Run = Callable[..., Any]


def changed(statement: str) -> None:
    with (
        closing(Database(Settings.read().data.url)) as database,
        database.engine.begin() as connection,
    ):
        connection.execute(text(statement))


def test_a_log_is_whole_until_somebody_changes_it(run: Run) -> None:
    assert run("demo").code == 0
    whole = run("audit", "verify", "--json")
    assert whole.code == 0, whole.err
    noted = json.loads(whole.out)["newest"]
    assert run("audit", "verify", "--expect", noted).code == 0
    changed("UPDATE audit SET detail = 'nothing happened' WHERE id = 1")
    broken = run("audit", "verify")
    assert broken.code == 1
    assert "has been changed" in broken.out


def test_a_log_that_was_cut_short_is_said(run: Run) -> None:
    cut = run("audit", "verify", "--expect", "ab" * 32)
    assert cut.code == 1
    assert "cut short" in cut.out
