"""Who works on a row: one at a time, taken over when nothing is heard, and only the last counts."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session

from scheduler.db import leases, tables
from scheduler.db.leases import LEASE, MOST_LOSSES, Claim
from scheduler.domain.access import SYSTEM
from scheduler.domain.terms import PlanState
from scheduler.flows.planning.plan_period import (
    Wish,
    claim_plan,
    note_failure,
    queue_plan,
    requeue_lost,
)


@pytest.fixture
def queued(session: Session, noon: datetime) -> int:
    wish = Wish(first_day=date(2027, 1, 1), last_day=date(2027, 12, 31), time_limit_seconds=1)
    return queue_plan(session, SYSTEM, wish, at=noon)


def _taken(session: Session, at: datetime) -> Claim:
    plan = claim_plan(session, at=at)
    assert plan is not None
    return Claim.of(plan)


def test_who_is_heard_of_keeps_the_work(session: Session, queued: int, noon: datetime) -> None:
    claim = _taken(session, noon)
    for minutes in (1, 2, 3):
        at = noon + timedelta(minutes=minutes)
        assert leases.hold(session, tables.Plan, claim, at=at)
        assert requeue_lost(session, at=at) == 0
    assert leases.mine(session, tables.Plan, claim) is not None


def test_who_comes_back_late_counts_no_more(session: Session, queued: int, noon: datetime) -> None:
    late = _taken(session, noon)
    after = noon + LEASE
    assert requeue_lost(session, at=after) == 1
    other = _taken(session, after)
    assert not leases.hold(session, tables.Plan, late, at=after)
    assert leases.mine(session, tables.Plan, late) is None
    note_failure(session, late, "too late", at=after)
    plan = leases.mine(session, tables.Plan, other)
    assert plan is not None
    assert (plan.state, plan.failure, plan.interruptions) == (PlanState.SOLVING, "", 1)


def test_late_but_not_overtaken_still_counts(session: Session, queued: int, noon: datetime) -> None:
    claim = _taken(session, noon)
    assert leases.hold(session, tables.Plan, claim, at=noon + 2 * LEASE)


def test_what_kills_each_of_its_workers_is_left_alone_in_the_end(
    session: Session, queued: int, noon: datetime
) -> None:
    at = noon
    for _ in range(MOST_LOSSES + 1):
        _taken(session, at)
        at += LEASE
        assert requeue_lost(session, at=at) == 1
    assert claim_plan(session, at=at) is None
    plan = session.get_one(tables.Plan, queued, populate_existing=True)
    assert (plan.state, plan.failure) == (PlanState.FAILED, "its workers were lost")
