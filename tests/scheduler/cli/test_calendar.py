"""What must stand in somebody's calendar, as a program reads it."""

import json
from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest

from scheduler.cli import calendar
from scheduler.db.engine import Database
from scheduler.domain.secrets import SecretKey
from scheduler.flows.attending.answer_invitation import person_actor
from scheduler.flows.attending.own_part import take_out
from scheduler.settings import Settings
from scheduler.web.context import Context


@pytest.fixture
def lines(
    province: Database, now: datetime, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """Runs the command on the small province, on its own day."""

    @contextmanager
    def opened() -> Any:
        yield Context(
            settings=Settings.read({}),
            database=province,
            key=SecretKey(b"k" * 32),
            clock=lambda: now,
        )

    monkeypatch.setattr(calendar, "installation", opened)
    return lambda *words: run("calendar", *words)


def test_each_line_is_one_event(lines: Callable[..., Any]) -> None:
    ran = lines("r12", "--json-lines")
    found = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 0
    assert found[1] == {
        "uid": "m-bod@aantafel.invalid",
        "start": "20270309T090000Z",
        "end": "20270309T110000Z",
        "summary": "Voorbereiding bod Assen",
        "sequence": 0,
        "status": "CONFIRMED",
    }
    assert [each["uid"].partition("@")[0] for each in found] == [
        "m-eerder",
        "m-bod",
        "m-vries",
        "m-urgentie",
    ]


def test_what_is_off_says_so_and_what_was_taken_out_is_gone(
    lines: Callable[..., Any], province: Database, now: datetime
) -> None:
    off = [json.loads(line) for line in lines("r4", "--json-lines").out.splitlines()]
    (cancelled,) = [each for each in off if each["status"] == "CANCELLED"]
    assert cancelled["summary"].startswith("GEANNULEERD: ")
    assert cancelled["sequence"] == 1
    with province.session() as session:
        take_out(session, person_actor("r4"), "m-emmen", at=now)
    assert "m-emmen" not in lines("r4", "--json-lines").out


def test_people_read_times_and_titles(lines: Callable[..., Any]) -> None:
    first_line = lines("r12").out.splitlines()[0]
    assert first_line == "20270210T130000Z 20270210T150000Z Terugblik Assen"


def test_nobody_has_no_calendar(lines: Callable[..., Any]) -> None:
    assert lines("r0", "--json-lines").code == 2
