"""Questions that only pages ask."""

import pytest

from scheduler.db import people, published
from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotAllowed
from scheduler.domain.terms import ChangeKind, Role


def test_a_publication_tells_its_changes_as_it_said_them(province: Database) -> None:
    with province.session() as session:
        first = published.publication_changes(session, COORDINATOR, 1)
        second = published.publication_changes(session, COORDINATOR, 2)
    assert [each.meeting_id for each in first] == [
        "m-eerder",
        "m-bod",
        "m-emmen",
        "m-vries",
        "m-afgelast",
        "m-urgentie",
    ]
    assert {each.kinds for each in first} == {(ChangeKind.ADDED,)}
    assert [(each.meeting_id, each.kinds) for each in second] == [
        ("m-afgelast", (ChangeKind.CANCELLED,))
    ]


def test_a_publication_that_isnt_there_changed_nothing(province: Database) -> None:
    with province.session() as session:
        assert published.publication_changes(session, COORDINATOR, 9) == ()


def test_only_who_plans_for_all_reads_all_changes(province: Database) -> None:
    with province.session() as session, pytest.raises(NotAllowed):
        published.publication_changes(session, Actor(Role.REPRESENTATIVE, "r12"), 1)


def test_samples_are_noticed(province: Database, database: Database) -> None:
    with province.session() as session:
        assert people.has_samples(session)


def test_an_empty_database_has_no_samples_and_no_province(database: Database) -> None:
    with database.session() as session:
        assert not people.has_samples(session)
        assert people.province_name(session) == ""


def test_tables_can_be_those_of_one_municipality(province: Database) -> None:
    with province.session() as session:
        tables = people.tables(session, Actor(Role.MUNICIPALITY, "GM0106"))
        assert [table.name for table in tables] == ["Prestatieafspraken Assen"]
        assert len(people.tables(session)) == 3
