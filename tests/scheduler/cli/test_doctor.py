"""`aantafel doctor`: what an administrator reads, and what a script does."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.mark.sqlite
def test_a_new_installation_is_sound(run: Run) -> None:
    looked = run("doctor")
    assert looked.code == 0, looked.err
    assert "ok database" in looked.out
    assert "!  mail" in looked.out
    assert {each["state"] for each in json.loads(run("doctor", "--json").out)} == {"fine", "watch"}


@pytest.mark.sqlite
def test_what_does_not_work_shows_in_the_exit_code(run: Run, data: Path) -> None:
    assert run("doctor").code == 0
    (data / "secret.key").chmod(0o644)
    wrong = run("doctor")
    assert wrong.code == 3
    assert "X  key" in wrong.out


def test_faulty_settings_are_said_first(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AANTAFEL_MAIL_SMTP_PORT", "veel")
    assert run("doctor").code == 2


@pytest.mark.postgresql
def test_on_postgresql_a_new_installation_needs_a_worker(run: Run) -> None:
    looked = run("doctor")
    assert looked.code == 3
    assert "X  workers" in looked.out
