"""What the database itself holds: an allowed and a forbidden row per rule."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.dialects.postgresql import dialect
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.schema import CreateTable
from sqlmodel import Session, SQLModel

from scheduler.db import tables
from scheduler.domain.terms import Part, PlanState

START = datetime(2027, 3, 4, 9, tzinfo=UTC)
Change = Callable[[Session], object]


def _slot(position: int, minutes: int) -> tables.Slot:
    return tables.Slot(
        meeting_id="m-1",
        position=position,
        starts_at=START + timedelta(days=1),
        ends_at=START + timedelta(days=1, minutes=minutes),
    )


def _plan() -> tables.Plan:
    return tables.Plan(
        id=1,
        first_day=date(2027, 1, 1),
        last_day=date(2027, 12, 31),
        as_of=START,
        state=PlanState.DRAFT,
        created_at=START,
        seed=1,
        workers=1,
        time_limit_seconds=1,
    )


def _mandate(giver: str, holder: str) -> tables.Mandate:
    return tables.Mandate(
        id="md-2",
        giver_id=giver,
        holder_id=holder,
        everywhere=True,
        first_day=date(2027, 1, 1),
        last_day=date(2027, 1, 1),
    )


ALLOWED_AND_FORBIDDEN: dict[str, tuple[tables.Row, tables.Row]] = {
    "a slot ends after it starts": (_slot(1, 60), _slot(1, 0)),
    "a slot's position counts from 0": (_slot(1, 60), _slot(-1, 60)),
    "nobody gives a mandate to itself": (_mandate("mevm", "samensterk"), _mandate("mevm", "mevm")),
    "an interest weighs at least 1": (
        tables.Interest(meeting_id="m-1", organisation_id="derde", weight=1),
        tables.Interest(meeting_id="m-1", organisation_id="derde", weight=0),
    ),
    "busy time ends after it starts": (
        tables.Busy(representative_id="r-1", starts_at=START, ends_at=START + timedelta(hours=1)),
        tables.Busy(representative_id="r-1", starts_at=START, ends_at=START),
    ),
    "a reference leads somewhere": (
        tables.Expertise(representative_id="r-1", topic="wonen"),
        tables.Expertise(representative_id="r-9", topic="wonen"),
    ),
    "a pin stands once": (
        tables.Pin(meeting_id="m-1", representative_id="r-2"),
        tables.Pin(meeting_id="m-2", representative_id="r-1"),
    ),
    "a ban from everything stands once": (
        tables.Ban(representative_id="r-2"),
        tables.Ban(representative_id="r-3"),
    ),
}


def _third_organisation() -> tables.Organisation:
    return tables.Organisation(
        id="derde",
        name="Derde",
        full_name="Derde",
        region_id="noord",
        capacity_minutes_per_year=1,
    )


@pytest.fixture
def furnished(session: Session) -> Session:
    session.add(_third_organisation())
    session.add(tables.Pin(meeting_id="m-2", representative_id="r-1"))
    session.add(tables.Ban(representative_id="r-3"))
    session.commit()
    session.expunge_all()
    return session


@pytest.mark.parametrize("rule", ALLOWED_AND_FORBIDDEN)
def test_what_the_database_allows(furnished: Session, rule: str) -> None:
    row = ALLOWED_AND_FORBIDDEN[rule][0]
    furnished.add(type(row)(**row.model_dump()))
    furnished.flush()


@pytest.mark.parametrize("rule", ALLOWED_AND_FORBIDDEN)
def test_what_the_database_forbids(furnished: Session, rule: str) -> None:
    row = ALLOWED_AND_FORBIDDEN[rule][1]
    furnished.add(type(row)(**row.model_dump()))
    with pytest.raises(IntegrityError):
        furnished.flush()
    furnished.rollback()


@pytest.mark.parametrize("table", sorted(SQLModel.metadata.tables))
def test_no_two_rules_of_a_table_share_a_name(table: str) -> None:
    """SQLite lets them, PostgreSQL refuses the table: a closed list of words is a rule as well."""
    written = CreateTable(SQLModel.metadata.tables[table]).compile(dialect=dialect())
    names = re.findall(r"CONSTRAINT (\S+)", str(written))
    assert len(names) == len(set(names))


def test_a_planned_meeting_has_one_deputy(session: Session) -> None:
    session.add(_plan())
    session.flush()
    session.add(tables.PlannedMeeting(plan_id=1, meeting_id="m-1", slot_position=0))
    session.flush()
    session.add_all([_assignment("r-1", Part.ATTENDEE), _assignment("r-2", Part.DEPUTY)])
    session.flush()
    session.add(_assignment("r-3", Part.DEPUTY))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def _assignment(representative: str, part: Part) -> tables.Assignment:
    return tables.Assignment(
        plan_id=1,
        meeting_id="m-1",
        representative_id=representative,
        part=part,
        online=False,
        travel_minutes=0,
    )


def test_a_word_outside_its_list_is_refused(session: Session) -> None:
    plan = _plan()
    plan.state = "lost"  # type: ignore[assignment]
    session.add(plan)
    with pytest.raises(StatementError):
        session.flush()
    session.rollback()


def test_a_time_without_a_zone_is_refused(session: Session) -> None:
    session.add(tables.Busy(representative_id="r-1", starts_at=datetime(2027, 1, 1), ends_at=START))  # noqa: DTZ001
    with pytest.raises(StatementError, match="time zone"):
        session.flush()
    session.rollback()


def test_an_instant_comes_back_in_utc(session: Session) -> None:
    session.commit()
    session.expunge_all()
    starts_at = session.get_one(tables.Slot, ("m-1", 0)).starts_at
    assert starts_at == START
    assert starts_at.tzinfo is UTC
