"""A small village to test with: two municipalities, two organisations, three representatives."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from clamd import Clamd, serving
from sqlmodel import Session

from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.domain.terms import Bond, Character, Experience, Level, Mode
from scheduler.logs import log

NOON = datetime(2027, 1, 4, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _log_as_found() -> Iterator[None]:
    """A test that serves sets the log up for its whole process: the next one finds it bare."""
    kept, level, propagates = log.handlers[:], log.level, log.propagate
    yield
    log.handlers[:], log.propagate = kept, propagates
    log.setLevel(level)


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[Clamd]:
    """A virus scanner that listens."""
    with serving(tmp_path, most_bytes=300_000) as found:
        yield found


@pytest.fixture
def noon() -> datetime:
    """The present instant of most tests: a Monday."""
    return NOON


def _build(session: Session) -> None:
    for row in (*_ground(), *_bodies(), *_people(), *_table(), *_meetings()):
        session.add(row)
        session.flush()


@pytest.fixture
def build_village() -> Callable[[Session], None]:
    """Puts the village into a database of one's own."""
    return _build


@pytest.fixture
def build_neighbour() -> Callable[[Session, int], None]:
    """Puts a second village beside the first that shares nothing with it, with so many meetings."""
    return _build_neighbour


def _build_neighbour(session: Session, meetings: int) -> None:
    """A meeting each week, on Tuesdays from 10:00 to 12:00 local, from 2 March on."""
    for row in (
        tables.Municipality(id="GM0109", name="Coevorden", region_id="zuid", place_id="emmen"),
        _organisation("wol", "Wol", "zuid"),
        _representative("r-4", "wol", "emmen", "Afgevaardigde 4"),
        _representative("r-5", "wol", "emmen", "Afgevaardigde 5"),
        tables.Table(
            id="pa-coevorden",
            name="Prestatieafspraken Coevorden",
            level=Level.MUNICIPALITY,
            character=Character.DECIDING,
            municipality_id="GM0109",
        ),
    ):
        session.add(row)
        session.flush()
    for number in range(meetings):
        starts_at = datetime(2027, 3, 2, 9, tzinfo=UTC) + timedelta(weeks=number)
        meeting, slot, *_ = _meeting(f"n-{number + 1}", starts_at)
        meeting.table_id, meeting.municipality_id = "pa-coevorden", "GM0109"
        interest = tables.Interest(meeting_id=meeting.id, organisation_id="wol", weight=900)
        for row in (meeting, slot, interest):
            session.add(row)
            session.flush()


@pytest.fixture
def village(database: Database) -> Database:
    """The village, with meetings to plan and nothing planned yet."""
    with database.session() as session:
        _build(session)
    return database


@pytest.fixture
def session(village: Database) -> Iterator[Session]:
    with village.session() as session:
        yield session


def _ground() -> list[tables.Row]:
    return [
        tables.Province(
            id="drenthe",
            name="Drenthe",
            timezone="Europe/Amsterdam",
            detour=1.3,
            speed_kmh=60,
            overhead_minutes=6,
            default_dwellings=500,
        ),
        tables.Region(id="noord", province_id="drenthe", name="Noord", weight=2),
        tables.Region(id="zuid", province_id="drenthe", name="Zuid", weight=1),
        tables.Place(id="assen", name="Assen", lat=52.99667, lon=6.5625),
        tables.Place(id="emmen", name="Emmen", lat=52.77917, lon=6.90694),
    ]


def _bodies() -> list[tables.Row]:
    return [
        tables.TravelTime(from_id="assen", to_id="emmen", minutes=49),
        tables.Municipality(id="GM0106", name="Assen", region_id="noord", place_id="assen"),
        tables.Municipality(id="GM0114", name="Emmen", region_id="zuid", place_id="emmen"),
        tables.Corporation(id="actium", name="Actium", place_id="assen"),
        _organisation("mevm", "MEVM", "noord"),
        _organisation("samensterk", "Samen Sterk", "zuid"),
    ]


def _organisation(identifier: str, name: str, region: str) -> tables.Organisation:
    return tables.Organisation(
        id=identifier,
        name=name,
        full_name=f"Huurdersvereniging {name}",
        region_id=region,
        capacity_minutes_per_year=36_500,
    )


def _people() -> list[tables.Row]:
    return [
        _representative("r-1", "mevm", "assen", "Afgevaardigde 1"),
        _representative("r-2", "mevm", "emmen", "Afgevaardigde 2"),
        _representative("r-3", "samensterk", "emmen", "Afgevaardigde 3"),
    ]


def _representative(
    identifier: str, organisation: str, home: str, label: str
) -> tables.Representative:
    return tables.Representative(
        id=identifier,
        organisation_id=organisation,
        label=label,
        home_id=home,
        bond=Bond.VOLUNTEER,
        experience=Experience.EXPERIENCED,
        paid_job=False,
        online=True,
        target_minutes_per_year=7_300,
    )


def _table() -> list[tables.Row]:
    return [
        tables.Table(
            id="pa-assen",
            name="Prestatieafspraken Assen",
            level=Level.MUNICIPALITY,
            character=Character.DECIDING,
            municipality_id="GM0106",
        ),
        tables.Mandate(
            id="md-1",
            giver_id="samensterk",
            holder_id="mevm",
            everywhere=True,
            first_day=date(2027, 1, 1),
            last_day=date(2027, 12, 31),
        ),
    ]


def _meetings() -> list[tables.Row]:
    """Three meetings in three weeks: Thursdays from 10:00 to 12:00 local."""
    return [
        row
        for week in range(3)
        for row in _meeting(f"m-{week + 1}", datetime(2027, 3, 4 + 7 * week, 9, tzinfo=UTC))
    ]


def _meeting(identifier: str, starts_at: datetime) -> list[Any]:
    return [
        tables.Meeting(
            id=identifier,
            uid=f"{identifier}@test.invalid",
            title=f"Overleg {identifier}",
            table_id="pa-assen",
            level=Level.MUNICIPALITY,
            character=Character.DECIDING,
            municipality_id="GM0106",
            mode=Mode.IN_PERSON,
            place_id="assen",
            topics=["prestatieafspraken"],
            expertise=[],
            seats_min=1,
            seats_max=2,
            preparation_minutes=60,
            report_minutes=30,
            deputy_wanted=True,
        ),
        tables.Slot(
            meeting_id=identifier,
            position=0,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
        ),
        tables.Interest(meeting_id=identifier, organisation_id="mevm", weight=7_543),
        tables.Interest(meeting_id=identifier, organisation_id="samensterk", weight=812),
    ]
