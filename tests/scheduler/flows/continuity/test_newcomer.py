"""A newcomer starts with the group's average, of those who still go."""

from datetime import date

import pytest
from sqlmodel import Session, delete

from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotAllowed
from scheduler.domain.terms import Role
from scheduler.flows.continuity import usual_target

TODAY = date(2027, 3, 2)


def test_who_has_left_doesnt_count(session: Session) -> None:
    for name, hours, last_day in (
        ("r-1", 100, None),
        ("r-2", 201, TODAY),
        ("r-3", 900, date(2027, 3, 1)),
    ):
        row = session.get_one(tables.Representative, name)
        row.target_minutes_per_year, row.last_day = 60 * hours, last_day
    session.flush()
    assert usual_target(session, COORDINATOR, today=TODAY) == 60 * 150


def test_where_nobody_goes_there_is_no_average(village: Database) -> None:
    with village.session() as session:
        session.exec(delete(tables.Representative))
        assert usual_target(session, COORDINATOR, today=TODAY) is None


def test_the_average_is_for_who_sees_all(session: Session) -> None:
    with pytest.raises(NotAllowed):
        usual_target(session, Actor(Role.BOARD, "mevm"), today=TODAY)
