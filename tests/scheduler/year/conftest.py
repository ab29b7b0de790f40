"""Drenthe with its twelve organisations at the beginning of a year, and everybody on stage."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from originals import Originals
from played.stage import Clock, Stage
from sqlmodel import Session, col, delete, select

from scheduler.db import tables
from scheduler.domain.access import SYSTEM
from scheduler.flows.province.load_province import load_province
from scheduler.flows.province.sample_year import add_sample_year
from scheduler.provinces import read_province
from scheduler.settings import CONFIG

BEGINS = datetime(2027, 1, 4, 8, tzinfo=UTC)
WHOLE = bool(os.environ.get("AANTAFEL_WHOLE_YEAR"))
"""Whether all tables meet, as `make soak-year` wants it, or a few."""

FEW = {
    "stuurgroep",
    "woonagenda",
    "prestatie-emmen",
    "raadscommissie-emmen",
    "raadscommissie-tynaarlo",
    "woonvisie-tynaarlo",
}
"""The tables that meet otherwise: of the province, and of two municipalities."""


def _drenthe(session: Session) -> None:
    facts = read_province(CONFIG / "provinces" / "drenthe")
    load_province(session, SYSTEM, facts, at=BEGINS)
    add_sample_year(session, SYSTEM, year=BEGINS.year, seed=BEGINS.year, at=BEGINS)
    if not WHOLE:
        others = select(tables.Meeting.id).where(col(tables.Meeting.table_id).not_in(FEW))
        for row in (tables.Slot, tables.Interest):
            session.exec(delete(row).where(col(row.meeting_id).in_(others)))
        session.exec(delete(tables.Meeting).where(col(tables.Meeting.table_id).not_in(FEW)))


@pytest.fixture
def whole() -> bool:
    """Whether the year is played at length."""
    return WHOLE


@pytest.fixture
def stage(originals: Originals, tmp_path: Path) -> Iterator[Stage]:
    """The application at work on the fourth of January."""
    originals.keep("drenthe", _drenthe, of="empty")
    with originals.copy("drenthe") as database:
        yield Stage(database, tmp_path / "data", Clock(BEGINS))


@pytest.fixture
def command(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """`command("voices", "--json")` runs `aantafel voices --json` on the stage's data folder."""
    from scheduler.cli import main  # noqa: PLC0415

    monkeypatch.setenv("AANTAFEL_DATA", str(stage.folder))
    url = stage.database.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("AANTAFEL_DATABASE_URL", url)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def run(*words: str) -> str:
        monkeypatch.setattr("sys.argv", ["aantafel", *words])
        with suppress(SystemExit):
            main()
        printed = capsys.readouterr()
        assert not printed.err
        return printed.out

    return run
