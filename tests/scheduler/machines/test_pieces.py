"""A plan of two parts over three processes: one that is killed over its part loses nothing."""

import random
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, func, select, update

from scheduler.db import tables
from scheduler.domain.access import SYSTEM
from scheduler.domain.terms import PieceState, PlanState
from scheduler.domain.times import now
from scheduler.flows.planning.plan_period import Wish, queue_plan
from scheduler.policy import read_policy
from solver.search.parts import SMALL_PART

pytestmark = pytest.mark.postgresql


@pytest.fixture
def build_village(
    build_village: Callable[[Session], None], build_neighbour: Callable[[Session, int], None]
) -> Callable[[Session], None]:
    """Two neighbours that share nothing, each large enough to be a part of its own."""

    def build(session: Session) -> None:
        build_village(session)
        build_neighbour(session, SMALL_PART + 5)
        for number in range(4, SMALL_PART + 10):
            _meeting_more(session, f"m-{number}", timedelta(weeks=number - 1))

    return build


def _meeting_more(session: Session, name: str, later: timedelta) -> None:
    """Another meeting at the first village's table."""
    meeting = session.get_one(tables.Meeting, "m-1").model_dump()
    session.add(tables.Meeting(**meeting | {"id": name, "uid": f"{name}@test.invalid"}))
    session.flush()
    for slot in session.exec(select(tables.Slot).where(tables.Slot.meeting_id == "m-1")).all():
        moved = {"starts_at": slot.starts_at + later, "ends_at": slot.ends_at + later}
        session.add(tables.Slot(**slot.model_dump() | moved | {"meeting_id": name}))
    for interest in session.exec(
        select(tables.Interest).where(tables.Interest.meeting_id == "m-1")
    ).all():
        session.add(tables.Interest(**interest.model_dump() | {"meeting_id": name}))
    session.flush()


def _count(machines: Any, *states: PieceState) -> int:
    with machines.database.session() as session:
        query = select(func.count()).where(col(tables.PlanPiece.state).in_(states))
        return int(session.exec(query).one())


def _state(machines: Any, plan: int) -> PlanState:
    with machines.database.session() as session:
        return session.get_one(tables.Plan, plan).state


def _leases_end(machines: Any) -> None:
    with machines.database.session() as session:
        for table in (tables.Plan, tables.PlanPiece):
            ended = update(table).where(col(table.lease_until) > now())
            session.exec(ended.values(lease_until=now() - timedelta(seconds=1)))


def test_parts_are_solved_by_several_and_survive_the_death_of_one(machines: Any) -> None:
    wish = Wish(
        first_day=now().date(),
        last_day=(now() + timedelta(days=600)).date(),
        time_limit_seconds=20,
        workers=1,
    )
    with machines.database.session() as session:
        plan = queue_plan(session, SYSTEM, wish, at=now())
    machines.wait_until(lambda: _count(machines, PieceState.SOLVING) == 2, "two are at work")
    killed = random.Random(1).choice(machines.works)
    killed.kill()
    time.sleep(1)
    _leases_end(machines)
    killed.start()
    done = {PlanState.DRAFT, PlanState.FAILED}
    machines.wait_until(lambda: _state(machines, plan) in done, "the plan is there")
    with machines.database.session() as session:
        row = session.get_one(tables.Plan, plan)
        assert (row.state, row.failure) == (PlanState.DRAFT, "")
        planned = select(func.count()).where(tables.PlannedMeeting.plan_id == plan)
        meetings = select(func.count()).select_from(tables.Meeting)
        assert session.exec(planned).one() == session.exec(meetings).one()
        assert session.exec(select(func.count()).select_from(tables.PlanPiece)).one() == 0
        assert set(read_policy().tiers) == set(session.exec(select(tables.PlanTier.name)).all())
