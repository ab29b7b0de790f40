"""Starting workers, and a second machine on one database."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scheduler.cli.installation import installation
from scheduler.db import audits
from scheduler.domain.access import SYSTEM

Run = Callable[..., Any]


@pytest.mark.sqlite
def test_on_sqlite_there_is_nothing_to_start(run: Run) -> None:
    ran = run("work")
    assert ran.code == 3
    assert "aantafel serve" in ran.err


def test_a_database_that_is_in_use_gets_no_second_key(run: Run, data: Path) -> None:
    with installation() as context, context.database.session() as session:
        audits.record(session, SYSTEM, "try", noun="key", noun_id="1", at=context.clock())
    assert run("audit", "verify").code == 0
    (data / "secret.key").unlink()
    ran = run("audit", "verify")
    assert ran.code == 3
    assert "copy secret.key here" in ran.err
    assert not (data / "secret.key").exists()
