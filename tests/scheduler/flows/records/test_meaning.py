"""What records mean for planning: who ends is asked no more, and what no longer fits is told."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlmodel import Session

from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR
from scheduler.domain.terms import ClosedKind
from scheduler.flows.adjusting import Shelf
from scheduler.flows.problem_builder import build_problem
from scheduler.flows.province.shut_days import days_of, shut_days
from scheduler.flows.records import (
    Effect,
    Typed,
    change_record,
    effects_of,
    kind_called,
    record_of,
)
from scheduler.policy import read_policy
from solver.problem import Problem

Problems = Callable[[], Problem]


@pytest.fixture
def problem(session: Session, noon: datetime) -> Problems:
    def build() -> Problem:
        plan = tables.Plan(
            id=1,
            first_day=date(2027, 1, 1),
            last_day=date(2027, 12, 31),
            as_of=noon,
            created_at=noon,
            seed=1,
            workers=1,
            time_limit_seconds=1,
        )
        return build_problem(session, plan, read_policy()).problem

    return build


def test_own_closed_days_are_closed_and_school_holidays_arent(
    session: Session, problem: Problems
) -> None:
    for key, kind in (("c-1", ClosedKind.CLOSED), ("c-2", ClosedKind.SCHOOL_HOLIDAY)):
        session.add(
            tables.ClosedPeriod(
                id=key,
                name=key,
                kind=kind,
                first_day=date(2027, 3, int(key[-1])),
                last_day=date(2027, 3, 2),
            )
        )
    march = (date(2027, 3, 1), date(2027, 3, 31))
    closed = {date(2027, 3, 1), date(2027, 3, 2)}
    assert closed <= shut_days(session, *march, read_policy())
    assert closed <= problem().office_hours.closed_days
    assert days_of(session, ClosedKind.SCHOOL_HOLIDAY, *march) == {date(2027, 3, 2)}


def test_an_organisation_that_ends_is_asked_and_heard_no_more(
    session: Session, problem: Problems
) -> None:
    session.get_one(tables.Organisation, "samensterk").last_day = date(2027, 3, 10)
    session.flush()
    found = problem()
    assert found.meetings["m-1"].interested == {"mevm": 7_543, "samensterk": 812}
    assert found.meetings["m-2"].interested == {"mevm": 7_543}
    assert found.representatives["r-3"].busy[0].start.date() == date(2027, 3, 10)
    assert found.mandates[0].last_day == date(2027, 3, 10)


def test_a_mandate_of_who_ended_before_it_began_counts_no_more(
    session: Session, problem: Problems
) -> None:
    session.get_one(tables.Organisation, "mevm").last_day = date(2026, 12, 31)
    session.flush()
    assert problem().mandates == ()


@pytest.fixture
def effects(province: Database, now: datetime) -> Callable[..., list[Effect]]:
    """What a change of a record in the small province means for its plan."""

    def find(key: str, identifier: str, **fields: str) -> list[Effect]:
        kind = kind_called(key)
        with province.session() as session:
            change_record(session, COORDINATOR, kind, identifier, Typed(texts=fields), at=now)
            standing = Shelf(read_policy()).standing(session, COORDINATOR, at=now)
            record = record_of(session, COORDINATOR, kind, identifier)
            return list(effects_of(standing, kind, record))

    return find


def test_who_can_travel_less_no_longer_fits_far_away(effects: Callable) -> None:
    assert effects("afgevaardigden", "r12", kan_online="ja") == []
    found = effects("afgevaardigden", "r12", laatste_dag="2027-03-20")
    assert [each.meeting.id for each in found] == ["m-vries", "m-urgentie"]
    assert all(each.reasons for each in found)


def test_too_many_together_are_told_without_one_of_them(effects: Callable) -> None:
    (found,) = effects("afgevaardigden", "r12", hoogstens_overleggen_per_maand="1")
    assert found.meeting is None
    assert len(found.reasons) == 1


def test_an_organisations_people_are_among_its_effects(effects: Callable) -> None:
    found = effects("organisaties", "mevm", laatste_dag="2027-03-20")
    assert {"m-vries", "m-urgentie"} <= {each.meeting.id for each in found}


def test_who_isnt_heard_without_a_mandate_is_told(effects: Callable) -> None:
    found = effects("mandaten", "md-sbde", laatste_dag="2027-03-20")
    assert [each.meeting.id for each in found] == ["m-urgentie"]
    (reason,) = found[0].reasons
    assert reason.en.startswith("De Huurdersfederatie holds no mandate of SBDE")


def test_what_changes_nothing_for_the_plan_has_no_effects(effects: Callable) -> None:
    assert effects("corporaties", "lefier", hoofdkantoor="emmen") == []
    assert effects("mandaten", "md-sbde", laatste_dag="2027-11-30") == []
