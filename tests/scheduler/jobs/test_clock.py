"""The clock only wakes what has its work in rows."""

import threading
import time
from datetime import datetime

import pytest

from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.domain.terms import PlanState
from scheduler.flows.planning.plan_period import claim_plan
from scheduler.jobs.clock import Clock
from scheduler.jobs.rounds import Round
from scheduler.jobs.solving import solving_round
from scheduler.jobs.turns import Turns
from scheduler.logs import about, log, set_up
from scheduler.policy import read_policy


def _state(database: Database, number: int) -> PlanState:
    with database.session() as session:
        return session.get_one(tables.Plan, number).state


def test_a_tick_works_off_what_was_interrupted(
    village: Database, queued: int, noon: datetime
) -> None:
    with village.session() as session:
        claim_plan(session, at=noon)
    with Clock(village, read_policy(), lambda: noon):
        until = time.monotonic() + 60
        while _state(village, queued) is not PlanState.DRAFT and time.monotonic() < until:
            time.sleep(0.1)
    assert _state(village, queued) is PlanState.DRAFT


def test_leaving_ends_it(village: Database, noon: datetime) -> None:
    with Clock(village, read_policy(), lambda: noon) as clock:
        pass
    assert not clock._scheduler.running


def test_a_plan_isnt_taken_up_before_its_provinces_turn(
    village: Database, queued: int, noon: datetime
) -> None:
    turns, asked = Turns(1), iter([False, False, False])
    mine = solving_round(village, read_policy(), lambda: noon, turns)
    with turns.turn(lambda: False):  # another province's plan, which takes long
        mine.go(lambda: next(asked, True))
    assert _state(village, queued) is PlanState.QUEUED


def test_what_a_round_logs_names_its_province(
    village: Database, noon: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up()
    done = threading.Event()

    def tell(_should_stop: object) -> None:
        log.info("looked")
        done.set()

    with (
        about("drenthe"),
        Clock(village, read_policy(), lambda: noon, rounds=[Round("telling", 0.1, tell)]),
    ):
        assert done.wait(60)
    assert "INFO drenthe: looked" in capsys.readouterr().err
