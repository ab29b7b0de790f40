"""The sample year at work, and a province ten times its size, made the same each time.

The large one has 4,000 meetings a year, 500 people and 120 organisations.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import insert
from sqlmodel import Session, col, select

from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.db.schema import migrate
from scheduler.domain.access import COORDINATOR, SYSTEM
from scheduler.domain.terms import (
    Adjustment,
    Character,
    Choice,
    Level,
    MailState,
    Mode,
    Part,
    RequestSource,
    RequestState,
    Role,
    Way,
)
from scheduler.flows.adjusting import AgainstRules, Shelf, Wish
from scheduler.flows.planning.adjust_plan import adjust_plan
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.policy import read_policy

TIMES, YEARS, SEED = 10, 10, 2027
BEGIN = datetime(2026, 12, 31, 23, tzinfo=UTC)
MIDWAY = datetime(2027, 3, 2, 8, 30, tzinfo=UTC)
Plan = Callable[[Session], int]

COPIED: tuple[tuple[type[tables.Row], tuple[str, ...]], ...] = (
    (tables.Organisation, ("id", "name", "full_name")),
    (tables.Dwellings, ("organisation_id",)),
    (tables.Representative, ("id", "organisation_id", "label")),
    (tables.Expertise, ("representative_id",)),
    (tables.Availability, ("representative_id",)),
    (tables.Busy, ("representative_id",)),
    (tables.Table, ("id", "name", "organisation_id")),
    (tables.TableWish, ("representative_id", "table_id")),
    (tables.Mandate, ("id", "giver_id", "holder_id")),
    (tables.MandateMunicipality, ("mandate_id",)),
    (tables.Meeting, ("id", "uid", "table_id")),
    (tables.Slot, ("meeting_id",)),
    (tables.Interest, ("meeting_id", "organisation_id")),
    (tables.PlannedMeeting, ("meeting_id",)),
    (tables.Assignment, ("meeting_id", "representative_id")),
    (tables.Voice, ("meeting_id", "organisation_id", "speaker_id")),
)
"""What each copy of the sample has of its own, and by which names it is told apart."""


AGED: tuple[tuple[type[tables.Row], tuple[str, ...]], ...] = (
    (tables.Meeting, ("id", "uid")),
    (tables.Slot, ("meeting_id",)),
    (tables.Interest, ("meeting_id",)),
    (tables.PlannedMeeting, ("meeting_id",)),
    (tables.Assignment, ("meeting_id",)),
    (tables.Voice, ("meeting_id",)),
    (tables.PublicationChange, ("meeting_id",)),
    (tables.Answer, ("meeting_id",)),
)
"""What an earlier year has of its own."""


@pytest.fixture(scope="session")
def midway() -> datetime:
    """The present instant in the large province."""
    return MIDWAY


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory, sample_plan: Plan) -> Iterator[Database]:
    """The sample year: published, answered to, mailed about, with a draft over it."""
    yield from _made(tmp_path_factory, sample_plan, 1)


@pytest.fixture(scope="session")
def tenfold(tmp_path_factory: pytest.TempPathFactory, sample_plan: Plan) -> Iterator[Database]:
    """The large province, as busy."""
    yield from _made(tmp_path_factory, sample_plan, TIMES)


@pytest.fixture(scope="session")
def decade(
    tmp_path_factory: pytest.TempPathFactory, sample_plan: Plan, age: Callable[[Session], None]
) -> Iterator[Database]:
    """The sample year after nine others."""
    for database in _made(tmp_path_factory, sample_plan, 1):
        with database.session() as session:
            age(session)
        yield database


@pytest.fixture(scope="session")
def age() -> Callable[[Session], None]:
    """Puts nine years like it before a published year: the same people, tables and towns."""
    return _age


def _age(session: Session) -> None:
    for years in range(1, YEARS):
        for table, names in AGED:
            rows = [_earlier(row, names, years) for row in _rows(session, table)]
            if rows:
                session.execute(insert(table), rows)
        _published_earlier(session, years)
        session.flush()


def _rows(session: Session, table: type[tables.Row]) -> list[dict[str, Any]]:
    """Those of the year itself: what was copied has a year in its name."""
    names = (row.model_dump() for row in session.exec(select(table)))
    return [row for row in names if " -" not in str(row.get("meeting_id", row.get("id")))]


def _earlier(row: dict[str, Any], names: Sequence[str], years: int) -> dict[str, Any]:
    """A copy of a row so many years earlier, on the same weekday."""
    named = {name: f"{row[name]} -{years}" for name in names if row[name]}
    moments = {
        name: value - years * timedelta(weeks=52)
        for name, value in row.items()
        if name in {"starts_at", "ends_at", "revised_at", "answered_at"} and value
    }
    kept = {name: value for name, value in row.items() if name != "id" or isinstance(value, str)}
    return kept | moments | named


def _published_earlier(session: Session, years: int) -> None:
    meetings = [
        row for row in session.exec(select(tables.PublishedMeeting)) if " -" not in row.meeting_id
    ]
    copies = {
        row.id: tables.PublishedMeeting(**_earlier(row.model_dump(), ("meeting_id", "uid"), years))
        for row in meetings
    }
    session.add_all(copies.values())
    session.flush()
    for table in (tables.PublishedAttendance, tables.PublishedVoice):
        rows = [row.model_dump() for row in session.exec(select(table))]
        session.execute(
            insert(table),
            [
                row | {"published_meeting_id": copies[row["published_meeting_id"]].id}
                for row in rows
                if row["published_meeting_id"] in copies
            ],
        )


def _made(folders: pytest.TempPathFactory, sample_plan: Plan, times: int) -> Iterator[Database]:
    path = folders.mktemp(f"times{times}") / "province.sqlite"
    with closing(Database(f"sqlite:///{path}")) as database:
        migrate(database.engine)
        _build(database, sample_plan, times)
        yield database


def _build(database: Database, sample_plan: Plan, times: int) -> None:
    """Fill an empty database; the same rows each time."""
    with database.session() as session:
        plan = sample_plan(session)
        _grow(session, times)
        _addresses(session)
    with database.session() as session:
        publish_plan(session, SYSTEM, plan, at=BEGIN)
    with database.session() as session:
        draw = Random(SEED)
        _answers(session, draw)
        _requests(session)
        session.flush()
        _request_times(session)
        _log(session)
        for row in session.exec(select(tables.Outgoing)):
            row.state, row.sent_at = MailState.SENT, BEGIN
    _draft(database)


def _grow(session: Session, times: int) -> None:
    """Copies of everything that isn't the ground itself, each beside its original."""
    originals = {
        table: [row.model_dump() for row in session.exec(select(table))] for table, _ in COPIED
    }
    for number in range(2, times + 1):
        for table, names in COPIED:
            rows = [_renamed(row, names, number) for row in originals[table]]
            if rows:
                session.execute(insert(table), rows)


def _renamed(row: dict[str, Any], names: Sequence[str], number: int) -> dict[str, Any]:
    """A copy of a row; the database gives it a number where it had one."""
    named = {name: f"{row[name]} {number}" for name in names if row[name]}
    kept = {name: value for name, value in row.items() if name != "id" or isinstance(value, str)}
    return kept | named


def _addresses(session: Session) -> None:
    people = session.exec(select(tables.Representative.id).order_by(tables.Representative.id))
    for number, person in enumerate(people.all()):
        if number % 2:
            session.add(
                tables.MailAddress(
                    id=f"a-{number}",
                    representative_id=person,
                    sealed=b"-",
                    fingerprint=f"f-{number}",
                    confirmed_at=BEGIN,
                    created_at=BEGIN,
                )
            )
    session.flush()


def _answers(session: Session, draw: Random) -> None:
    """Two in three answered to what comes within six weeks; one in twenty of them can't come."""
    query = (
        select(tables.PublishedAttendance.representative_id, tables.PublishedMeeting.meeting_id)
        .join(tables.PublishedMeeting)
        .where(
            col(tables.PublishedMeeting.starts_at) > MIDWAY - timedelta(days=60),
            col(tables.PublishedMeeting.starts_at) < MIDWAY + timedelta(days=42),
        )
        .order_by(tables.PublishedMeeting.meeting_id, tables.PublishedAttendance.representative_id)
    )
    words = [Choice.YES] * 16 + [Choice.PERHAPS] * 3 + [Choice.NO]
    session.add_all(
        tables.Answer(
            representative_id=person,
            meeting_id=meeting,
            revision=0,
            choice=draw.choice(words),
            way=Way.PAGE,
            answered_at=MIDWAY - timedelta(days=3),
        )
        for person, meeting in session.exec(query).all()
        if draw.random() < 2 / 3
    )
    session.flush()


def _requests(session: Session) -> None:
    towns = session.exec(select(tables.Municipality.id).order_by(tables.Municipality.id)).all()
    session.add_all(
        tables.MeetingRequest(
            id=f"u-{number}",
            level=Level.MUNICIPALITY,
            municipality_id=towns[number % len(towns)],
            title=f"Uitnodiging {number}",
            character=Character.ADVISING,
            topics=[],
            mode=Mode.IN_PERSON,
            length_minutes=120,
            papers=[],
            state=RequestState.RECEIVED if number % 15 == 0 else RequestState.WITHDRAWN,
            source=RequestSource.PAGE,
            created_at=MIDWAY - timedelta(days=number % 100),
            changed_at=MIDWAY - timedelta(days=number % 100),
        )
        for number in range(600)
    )


def _request_times(session: Session) -> None:
    session.add_all(
        tables.RequestTime(
            request_id=f"u-{number}", position=0, day=(MIDWAY + timedelta(days=60)).date()
        )
        for number in range(600)
    )


def _log(session: Session) -> None:
    session.execute(
        insert(tables.Audit),
        [
            {
                "at": MIDWAY - timedelta(minutes=number),
                "role": Role.COORDINATOR,
                "actor_id": None,
                "act": "assign",
                "noun": "meeting",
                "noun_id": f"m-{number % 392 + 1:04}",
                "detail": "slot 0, attendees r-001, deputy - -> slot 0, attendees r-002, deputy -",
            }
            for number in range(20_000, 0, -1)
        ],
    )


def _draft(database: Database) -> None:
    """Forty meetings changed by hand: a deputy taken away."""
    shelf = Shelf(read_policy())
    with database.session() as session:
        query = (
            select(tables.PublishedMeeting.meeting_id)
            .join(tables.PublishedAttendance)
            .where(
                col(tables.PublishedMeeting.starts_at) > MIDWAY,
                tables.PublishedAttendance.part == Part.DEPUTY,
            )
            .order_by(tables.PublishedMeeting.meeting_id)
            .limit(40)
        )
        meetings = session.exec(query).all()
    for made_on, meeting in enumerate(meetings):
        wish = Wish(act=Adjustment.REMOVE_DEPUTY, meeting_id=meeting)
        with database.session() as session:
            try:
                adjust_plan(session, COORDINATOR, shelf, wish, made_on=made_on, at=MIDWAY)
            except AgainstRules:
                session.rollback()
