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

TIMES, SEED = 10, 2027
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
