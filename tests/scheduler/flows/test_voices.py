"""The record says who spoke for whom, and by which mandate, exactly as the planner sees it."""

from datetime import date

import pytest
from sqlmodel import select

from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.terms import Role
from scheduler.flows.voices import HeardVoice, voices

URGENCY = {
    ("federatie", "federatie", None),
    ("mevm", "mevm", None),
    ("sbde", "federatie", "md-sbde"),
}


def _at(found: tuple[HeardVoice, ...], meeting: str) -> set[tuple[str, str, str | None]]:
    return {
        (each.organisation_id, each.speaker_id, each.mandate_id)
        for each in found
        if each.meeting_id == meeting
    }


def test_each_heard_organisation_has_its_speaker_and_mandate(province: Database) -> None:
    with province.session() as session:
        found = voices(session, COORDINATOR)
    assert _at(found, "m-urgentie") == URGENCY
    assert _at(found, "m-vries") == {
        ("mevm", "mevm", None),
        ("federatie", "mevm", "md-federatie"),
    }
    assert all(each.is_carried for each in found)


def test_an_organisation_that_nobody_speaks_for_is_not_heard(province: Database) -> None:
    with province.session() as session:
        found = voices(session, COORDINATOR)
    assert _at(found, "m-emmen") == {("federatie", "federatie", None)}


def test_a_cancelled_meeting_heard_nobody(province: Database) -> None:
    with province.session() as session:
        assert _at(voices(session, COORDINATOR), "m-afgelast") == set()


def test_days_are_local_and_inclusive(province: Database) -> None:
    with province.session() as session:
        day = date(2027, 3, 9)
        found = voices(session, COORDINATOR, first_day=day, last_day=day)
    assert {each.meeting_id for each in found} == {"m-bod"}


def test_a_board_gets_the_voices_of_its_own_meetings_alone(province: Database) -> None:
    with province.session() as session:
        found = voices(session, Actor(Role.BOARD, "sbde"))
    assert {each.meeting_id for each in found} == {"m-emmen", "m-urgentie"}


@pytest.mark.parametrize(
    ("last_day", "mandate"), [(date(2027, 4, 21), "md-sbde"), (date(2027, 4, 20), None)]
)
def test_a_mandate_carries_no_voice_after_its_last_day(
    province: Database, last_day: date, mandate: str | None
) -> None:
    with province.session() as session:
        row = session.exec(select(tables.Mandate).where(tables.Mandate.id == "md-sbde")).one()
        row.last_day = last_day
        session.flush()
        found = voices(session, COORDINATOR)
    assert ("sbde", "federatie", mandate) in _at(found, "m-urgentie")


def test_a_mandate_elsewhere_carries_no_voice_here(province: Database) -> None:
    with province.session() as session:
        session.get_one(tables.Mandate, "md-sbde").levels = ["municipality"]
        session.flush()
        found = voices(session, COORDINATOR)
    assert ("sbde", "federatie", None) in _at(found, "m-urgentie")
    assert not all(each.is_carried for each in found)
