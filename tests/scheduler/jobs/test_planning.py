"""From a queued row to a draft: claimed once, solved apart, judged, written down."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from sqlmodel import Session, select

from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.db.leases import Claim
from scheduler.domain.access import COORDINATOR, Actor
from scheduler.domain.errors import NotAllowed, NothingToDo
from scheduler.domain.terms import MeetingState, Part, PlanState, Role
from scheduler.flows.planning.plan_period import (
    PlanFailed,
    Wish,
    claim_plan,
    is_finished,
    note_failure,
    queue_plan,
    requeue_interrupted,
)
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.jobs import solver_process
from scheduler.jobs.planning import solve_next
from scheduler.policy import read_policy

POLICY = read_policy()


@contextmanager
def _plan(database: Database, number: int) -> Iterator[tuple[Session, tables.Plan]]:
    with database.session() as session:
        yield session, session.get_one(tables.Plan, number)


def test_a_queued_plan_becomes_a_draft(village: Database, queued: int, noon: datetime) -> None:
    told: list[object] = []
    solved = solve_next(village, POLICY, clock=lambda: noon, on_improvement=told.append)
    assert solved == queued
    assert told
    with _plan(village, queued) as (session, plan):
        assert plan.state is PlanState.DRAFT
        assert plan.finished_at == noon
        assert len(plan.problem_digest or "") == 64
        tiers = session.exec(select(tables.PlanTier).order_by(tables.PlanTier.position)).all()
        assert [tier.name for tier in tiers] == list(POLICY.tiers)
        assert (tiers[0].value, tiers[0].bound, tiers[0].proven) == (0, 0, True)
        attended = select(tables.Assignment).where(tables.Assignment.part == Part.ATTENDEE)
        assert {row.meeting_id for row in session.exec(attended)} == {"m-1", "m-2", "m-3"}
        assert len(session.exec(select(tables.Voice)).all()) == 6


def test_the_draft_can_be_published(village: Database, queued: int, noon: datetime) -> None:
    solve_next(village, POLICY, clock=lambda: noon)
    with village.session() as session:
        assert publish_plan(session, COORDINATOR, queued, at=noon).number == 1


def test_what_was_held_is_not_planned_again(village: Database, noon: datetime) -> None:
    wish = Wish(
        first_day=datetime(2027, 1, 1).date(),  # noqa: DTZ001 - only its day counts
        last_day=datetime(2027, 12, 31).date(),  # noqa: DTZ001
        time_limit_seconds=20,
        workers=1,
    )
    for at in (noon, datetime.fromisoformat("2027-03-05T12:00:00+00:00")):
        with village.session() as session:
            number = queue_plan(session, COORDINATOR, wish, at=at)
        assert solve_next(village, POLICY, clock=lambda at=at: at) == number
        if at == noon:
            with village.session() as session:
                publish_plan(session, COORDINATOR, number, at=at)
    with village.session() as session:
        planned = select(tables.PlannedMeeting).where(tables.PlannedMeeting.plan_id == number)
        assert {row.meeting_id for row in session.exec(planned)} == {"m-2", "m-3"}


def test_an_empty_queue_is_nothing(village: Database) -> None:
    assert solve_next(village, POLICY) is None


def test_a_plan_is_claimed_once(village: Database, queued: int, noon: datetime) -> None:
    with village.session() as session:
        claimed = claim_plan(session, at=noon)
        assert claimed is not None
        assert claimed.id == queued
        assert claim_plan(session, at=noon) is None


def test_an_interrupted_plan_goes_back_into_the_queue(
    village: Database, queued: int, noon: datetime
) -> None:
    with village.session() as session:
        claim_plan(session, at=noon)
        assert requeue_interrupted(session) == 1
        assert claim_plan(session, at=noon) is not None


def test_a_question_that_is_refused_is_noted_by_its_path(
    village: Database, queued: int, noon: datetime
) -> None:
    with village.session() as session:
        session.add(tables.Pin(meeting_id="m-1", representative_id="r-1"))
        session.add(tables.Ban(meeting_id="m-1", representative_id="r-1"))
    assert solve_next(village, POLICY, clock=lambda: noon) == queued
    with _plan(village, queued) as (session, plan):
        assert plan.state is PlanState.FAILED
        assert "pins[0]" in plan.failure
        with pytest.raises(PlanFailed, match=r"pins\[0\]"):
            is_finished(session, queued)


def _die(*_: object) -> None:
    raise SystemExit(9)


def test_a_solver_that_dies_twice_is_noted(
    village: Database, queued: int, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solver_process, "_solve_and_send", _die)
    for _ in range(2):
        assert solve_next(village, POLICY, clock=lambda: noon) == queued
    with _plan(village, queued) as (_, plan):
        assert plan.state is PlanState.FAILED
        assert "exit code 9" in plan.failure


def test_an_answer_that_comes_twice_counts_once(
    village: Database, queued: int, noon: datetime
) -> None:
    solve_next(village, POLICY, clock=lambda: noon)
    with village.session() as session:
        note_failure(session, Claim(queued, 1), "too late", at=noon)
        assert is_finished(session, queued)


def test_stopping_keeps_the_best_so_far(village: Database, queued: int, noon: datetime) -> None:
    solve_next(village, POLICY, clock=lambda: noon, should_stop=lambda: True)
    with _plan(village, queued) as (_, plan):
        assert plan.state is PlanState.DRAFT


def test_without_meetings_there_is_nothing_to_plan(session: Session, noon: datetime) -> None:
    for meeting in session.exec(select(tables.Meeting)):
        meeting.state = MeetingState.CANCELLED
    wish = Wish(first_day=noon.date(), last_day=noon.date(), time_limit_seconds=1)
    with pytest.raises(NothingToDo):
        queue_plan(session, COORDINATOR, wish, at=noon)


def test_only_who_plans_for_all_asks_for_a_plan(session: Session, noon: datetime) -> None:
    wish = Wish(first_day=noon.date(), last_day=noon.date(), time_limit_seconds=1)
    with pytest.raises(NotAllowed):
        queue_plan(session, Actor(Role.REPRESENTATIVE, "r-1"), wish, at=noon)
