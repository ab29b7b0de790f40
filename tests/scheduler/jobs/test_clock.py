"""The clock only wakes what has its work in rows."""

import time
from datetime import datetime

from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.domain.terms import PlanState
from scheduler.flows.planning.plan_period import claim_plan
from scheduler.jobs.clock import Clock
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
