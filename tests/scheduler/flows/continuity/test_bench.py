"""Who has been at a table, on whom it hangs, and who could follow somebody who stops."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from sqlmodel import Session

from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotAllowed, NotFound
from scheduler.domain.terms import Role
from scheduler.flows.attending.shadow import come_along
from scheduler.flows.continuity import Bench, bench_of, successions


@pytest.fixture
def ledger(province: Database) -> Iterator[Session]:
    with province.session() as session:
        yield session


@pytest.fixture
def bench(ledger: Session, now: datetime) -> Callable[[str], Bench]:
    return lambda table: bench_of(ledger, COORDINATOR, table, at=now)


def test_who_was_there_and_who_comes_is_counted(bench: Callable[[str], Bench]) -> None:
    found = bench("t-GM0106")
    assert found.held == 1
    assert [(each.id, each.been, each.coming) for each in found.been] == [
        ("r12", 1, 1),
        ("r14", 0, 1),
    ]
    assert (found.depth, found.hangs_on) == (1, None)


def test_a_table_that_one_person_comes_to_hangs_on_them(bench: Callable[[str], Bench]) -> None:
    found = bench("t-GM1730")
    assert found.hangs_on
    assert (found.held, found.hangs_on.id) == (0, "r12")


def test_who_has_stopped_carries_a_table_no_more(
    ledger: Session, bench: Callable[[str], Bench]
) -> None:
    ledger.get_one(tables.Representative, "r12").last_day = date(2027, 3, 1)
    found = bench("t-GM0106")
    assert found.depth == 0
    assert found.hangs_on
    assert found.hangs_on.id == "r14"


def test_who_knows_the_topic_and_never_was_there_is_named(
    ledger: Session, bench: Callable[[str], Bench]
) -> None:
    ledger.get_one(tables.Meeting, "m-vries").expertise = ["wonen-zorg"]
    ledger.add(tables.Expertise(representative_id="r27", topic="wonen-zorg"))
    ledger.add(tables.Expertise(representative_id="r5", topic="duurzaamheid"))
    ledger.flush()
    found = bench("t-GM1730")
    assert [(each.id, each.knows) for each in found.fitting] == [("r27", ("wonen-zorg",))]
    assert found.learning == ()


def test_an_announced_last_day_asks_for_a_successor(
    ledger: Session, bench: Callable[[str], Bench], now: datetime
) -> None:
    ledger.get_one(tables.Representative, "r12").last_day = date(2027, 3, 31)
    ledger.get_one(tables.Representative, "r4").last_day = date(2027, 3, 31)
    ledger.get_one(tables.Meeting, "m-vries").expertise = ["wonen-zorg"]
    ledger.add(tables.Expertise(representative_id="r5", topic="wonen-zorg"))
    ledger.flush()
    (found,) = successions(ledger, COORDINATOR, bench("t-GM1730"))
    assert (found.leaving.id, found.last_day, found.beyond) == ("r12", date(2027, 3, 31), 0)
    assert [each.id for each in found.meetings] == ["m-vries"]
    # r4 stops too, and SBDE isn't concerned there; who knows the topic goes first.
    assert [each.id for each in found.successors] == ["r5", "r14"]
    come_along(ledger, COORDINATOR, "m-vries", "r5", at=now)
    assert [each.representative_id for each in bench("t-GM1730").coming[0].shadows] == ["r5"]


def test_nobody_follows_who_has_left_already(
    ledger: Session, bench: Callable[[str], Bench]
) -> None:
    ledger.get_one(tables.Representative, "r12").last_day = date(2027, 3, 1)
    ledger.flush()
    assert successions(ledger, COORDINATOR, bench("t-GM1730")) == ()


def test_a_bench_is_for_who_sees_all(ledger: Session, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        bench_of(ledger, Actor(Role.REPRESENTATIVE, "r12"), "t-GM1730", at=now)
    with pytest.raises(NotFound):
        bench_of(ledger, COORDINATOR, "t-0", at=now)
    assert bench_of(ledger, Actor(Role.AUDITOR), "t-GM0114", at=now).table.id == "t-GM0114"
