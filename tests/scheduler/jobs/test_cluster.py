"""Wake-ups for work in rows: their tables, their ticks, and that nobody depends on them."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from croniter import croniter
from procrastinate.testing import InMemoryConnector

from scheduler.db import cluster
from scheduler.db.engine import Database
from scheduler.jobs.cluster import Lane, Waker
from scheduler.jobs.cluster.lane import cron
from scheduler.jobs.rounds import Round


@pytest.mark.parametrize("seconds", [1, 2, 5, 10, 60, 120, 300, 3600, 43_200])
def test_a_round_comes_as_often_as_it_says(seconds: int) -> None:
    ticks = croniter(cron(seconds), datetime(2027, 1, 1, tzinfo=UTC), second_at_beginning=False)
    times = [ticks.get_next(datetime) for _ in range(5)]
    gaps = {later - sooner for sooner, later in pairwise(times)}
    assert gaps == {timedelta(seconds=seconds)}


def test_a_round_that_fails_comes_again() -> None:
    def fail(_should_stop: object) -> None:
        raise OSError("away")

    lane = Lane(name="rounds", rounds=(Round("mail", 10, fail),), at_once=1, together=False)
    app = lane.app(InMemoryConnector(), lambda: False)
    task = app.tasks["mail"]
    assert (task.queue, task.lock, task.queueing_lock) == ("rounds", "mail", "mail")
    task(timestamp=0)
    assert list(app.periodic_registry.periodic_tasks) == [("mail", "")]


@pytest.mark.postgresql
def test_the_tables_are_made_once_and_again_for_a_newer_version(database: Database) -> None:
    def marked() -> bool:
        with database.engine.connect() as connection:
            found = connection.exec_driver_sql("SELECT to_regclass('procrastinate.ours')")
            return found.scalar_one() is not None

    with database.session() as session:
        assert cluster.standing(session) is None
    cluster.prepare(database.engine)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE procrastinate.ours ()")
    cluster.prepare(database.engine)
    assert marked()
    for version, stays in (("999.0", True), ("1.0.0", False)):
        with database.engine.begin() as connection:
            connection.exec_driver_sql(f"COMMENT ON SCHEMA procrastinate IS '{version}'")
        cluster.prepare(database.engine)
        assert marked() is stays


@pytest.mark.postgresql
def test_what_is_written_wakes_once_whoever_looks_after_it(database: Database) -> None:
    cluster.prepare(database.engine)
    with Waker(database.engine) as waker:
        for _ in range(2):
            waker.heard(frozenset({"plan", "supposition", "outbox", "audit"}))
        with database.session() as session:
            standing = cluster.standing(session)
    assert standing is not None
    assert (standing.waiting, standing.workers) == (2, 0)


@pytest.mark.postgresql
def test_that_nobody_can_be_woken_harms_nothing(database: Database) -> None:
    """The tables are gone, say: whoever wrote goes on, and a tick comes anyway."""
    with Waker(database.engine) as waker:
        waker.heard(frozenset({"plan"}))
