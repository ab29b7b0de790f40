"""What goes wrong while plans are made: nothing is lost or doubled, and the rows say it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from datetime import date, datetime, timedelta
from multiprocessing import active_children
from threading import Barrier

import pytest
from sqlmodel import Session, select

from scheduler.db import plans, tables
from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR
from scheduler.domain.terms import MeetingState, Part, PlanMode, PlanState, SuppositionState
from scheduler.flows.planning.plan_period import claim_plan, seconds_left
from scheduler.flows.planning.plan_progress import ask_stop
from scheduler.flows.planning.rebalance import BESIDE, Rebalance, queue_rebalance
from scheduler.flows.planning.try_again import try_again
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.flows.what_if import MandatesEverywhere, Question, drop, suppose
from scheduler.jobs import solver_process
from scheduler.jobs.clock import Clock
from scheduler.jobs.planning import solve_next
from scheduler.jobs.supposing import suppose_next
from scheduler.policy import read_policy

POLICY = read_policy()
WISH = Rebalance(
    mode=PlanMode.REPLAN,
    first_day=date(2027, 3, 1),
    last_day=date(2027, 3, 31),
    time_limit_seconds=3,
    workers=1,
)
WORKER = """
import sys
from contextlib import closing
from scheduler.db.engine import Database
from scheduler.jobs.planning import solve_next
from scheduler.policy import read_policy

if __name__ == "__main__":
    with closing(Database(sys.argv[1])) as database:
        solve_next(database, read_policy())
"""


@pytest.fixture
def published(village: Database, noon: datetime) -> Database:
    """The village with a plan that is published."""
    with village.session() as session:
        plan = tables.Plan(
            first_day=date(2027, 1, 1),
            last_day=date(2027, 12, 31),
            as_of=noon,
            state=PlanState.DRAFT,
            created_at=noon,
            seed=1,
            workers=1,
            time_limit_seconds=1,
        )
        session.add(plan)
        session.flush()
        for meeting, person in (("m-1", "r-1"), ("m-2", "r-1"), ("m-3", "r-3")):
            _seat(session, plan.id, meeting, person)
        publish_plan(session, COORDINATOR, plan.id, at=noon)
    return village


def _seat(session: Session, plan_id: int, meeting: str, person: str) -> None:
    session.add(tables.PlannedMeeting(plan_id=plan_id, meeting_id=meeting, slot_position=0))
    session.flush()
    session.add(
        tables.Assignment(
            plan_id=plan_id,
            meeting_id=meeting,
            representative_id=person,
            part=Part.ATTENDEE,
            online=False,
            travel_minutes=0,
        )
    )
    own = session.get_one(tables.Representative, person).organisation_id
    session.add(
        tables.Voice(plan_id=plan_id, meeting_id=meeting, organisation_id=own, speaker_id=own)
    )


def _ask(database: Database, at: datetime) -> int:
    with database.session() as session:
        return queue_rebalance(session, COORDINATOR, WISH, at=at)


def _plan(database: Database, number: int) -> tables.Plan:
    with database.session() as session:
        return session.get_one(tables.Plan, number)


def _planned(session: Session, number: int) -> set[str]:
    query = select(tables.PlannedMeeting.meeting_id)
    return set(session.exec(query.where(tables.PlannedMeeting.plan_id == number)))


def _killed(work: Callable[[], int | None]) -> Future[int | None]:
    """Begin some work, and kill -9 the solver's process as soon as it is there."""
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(work)
        while not (children := active_children()):
            time.sleep(0.005)
        os.kill(children[0].pid or 0, signal.SIGKILL)
        return done


def test_a_meeting_that_is_moved_or_called_off_meanwhile_is_left_out(
    village: Database, queued: int, noon: datetime
) -> None:
    changed: list[bool] = []

    def change(_improvement: object) -> None:
        if changed:
            return
        changed.append(True)
        with village.session() as session:
            slot = session.exec(select(tables.Slot).where(tables.Slot.meeting_id == "m-2")).one()
            slot.starts_at += timedelta(hours=3)
            slot.ends_at += timedelta(hours=3)
            session.get_one(tables.Meeting, "m-3").state = MeetingState.CANCELLED

    solve_next(village, POLICY, clock=lambda: noon, on_improvement=change)
    with village.session() as session:
        assert _planned(session, queued) == {"m-1"}
        assert plans.plan(session, COORDINATOR, queued).left_out == ("m-2", "m-3")


def test_a_meeting_that_gets_another_choice_of_times_is_left_out_too(
    village: Database, queued: int, noon: datetime
) -> None:
    def change(_improvement: object) -> None:
        with village.session() as session:
            slot = session.exec(select(tables.Slot).where(tables.Slot.meeting_id == "m-1")).one()
            slot.ends_at = slot.starts_at + timedelta(hours=1)

    solve_next(village, POLICY, clock=lambda: noon, on_improvement=change)
    with village.session() as session:
        assert plans.plan(session, COORDINATOR, queued).left_out == ("m-1",)


def test_a_solver_that_is_killed_is_tried_once_more(published: Database, noon: datetime) -> None:
    lead = _ask(published, noon)
    assert _killed(lambda: solve_next(published, POLICY, clock=lambda: noon)).result() == lead
    waiting = _plan(published, lead)
    assert (waiting.state, waiting.interruptions) == (PlanState.QUEUED, 1)
    assert solve_next(published, POLICY, clock=lambda: noon) == lead
    assert _plan(published, lead).state is PlanState.PROPOSED


def test_what_was_killed_twice_says_so_and_can_be_asked_again(
    published: Database, noon: datetime
) -> None:
    lead = _ask(published, noon)
    for _ in range(2):
        _killed(lambda: solve_next(published, POLICY, clock=lambda: noon))
    failed = _plan(published, lead)
    assert (failed.state, failed.failure) == (
        PlanState.FAILED,
        "the solver ended with exit code -9",
    )
    with published.session() as session:
        for _ in range(2):
            try_again(session, COORDINATOR, lead, at=noon)
    assert solve_next(published, POLICY, clock=lambda: noon) == lead
    assert _plan(published, lead).state is PlanState.PROPOSED


def test_a_worker_that_is_killed_loses_and_doubles_nothing(
    published: Database, noon: datetime
) -> None:
    lead = _ask(published, noon)
    url = published.engine.url.render_as_string(hide_password=False)
    worker = subprocess.Popen([sys.executable, "-c", WORKER, url])
    while _plan(published, lead).state is PlanState.QUEUED:
        time.sleep(0.02)
    worker.kill()
    assert worker.wait() == -signal.SIGKILL
    assert _plan(published, lead).state is PlanState.SOLVING
    with Clock(published, POLICY, lambda: noon):
        until = time.monotonic() + 60
        while _working(published, lead) and time.monotonic() < until:
            time.sleep(0.1)
    with published.session() as session:
        group = plans.beside(session, COORDINATOR, lead)
        assert [each.state for each in group] == [PlanState.PROPOSED] * 3
        assert group[0].interruptions == 1
        assert _planned(session, lead) == {"m-1", "m-2", "m-3"}


def _working(database: Database, lead: int) -> bool:
    with database.session() as session:
        return any(each.is_working for each in plans.beside(session, COORDINATOR, lead))


def test_a_stop_during_the_start_keeps_what_there_is_and_lets_the_others_be(
    published: Database, noon: datetime
) -> None:
    lead = _ask(published, noon)
    with published.session() as session:
        claim_plan(session, at=noon)
        ask_stop(session, COORDINATOR, lead, at=noon)
        session.get_one(tables.Plan, lead).state = PlanState.QUEUED
    assert solve_next(published, POLICY, clock=lambda: noon) == lead
    assert solve_next(published, POLICY, clock=lambda: noon) is None
    with published.session() as session:
        assert [each.id for each in plans.beside(session, COORDINATOR, lead)] == [lead]
        assert plans.plan(session, COORDINATOR, lead).state is PlanState.PROPOSED


def test_of_two_who_ask_the_same_at_once_one_plan_is_made(
    published: Database, noon: datetime
) -> None:
    url = published.engine.url.render_as_string(hide_password=False)
    together = Barrier(2)

    def ask() -> int:
        with closing(Database(url)) as database, database.session() as session:
            together.wait()
            return queue_rebalance(session, COORDINATOR, WISH, at=noon)

    with ThreadPoolExecutor(2) as pool:
        numbers = {each.result() for each in [pool.submit(ask), pool.submit(ask)]}
    assert len(numbers) == 1
    with published.session() as session:
        asked = session.exec(select(tables.Plan).where(tables.Plan.mode == PlanMode.REPLAN)).all()
    assert len(asked) == 1 + len(BESIDE[PlanMode.REPLAN])


def test_what_one_leaves_of_the_seconds_is_the_others(published: Database, noon: datetime) -> None:
    lead = _ask(published, noon)
    with published.session() as session:
        row = session.get_one(tables.Plan, lead)
        assert seconds_left(session, row) == pytest.approx(1)
        row.state, row.wall_seconds = PlanState.PROPOSED, 0.4
        session.flush()
        assert seconds_left(session, row) == pytest.approx(1.3)


def _suppose(database: Database, at: datetime) -> int:
    asked = Question(
        supposition=MandatesEverywhere(),
        mode=PlanMode.REPLAN,
        time_limit_seconds=2,
        workers=1,
    )
    with database.session() as session:
        return suppose(session, COORDINATOR, asked, at=at)


def test_a_supposition_that_is_killed_is_tried_once_more_and_then_says_so(
    published: Database, noon: datetime
) -> None:
    number = _suppose(published, noon)
    seen = []
    for _ in range(2):
        _killed(lambda: suppose_next(published, POLICY, clock=lambda: noon))
        with published.session() as session:
            row = session.get_one(tables.Supposition, number)
            seen.append((row.state, row.failure))
    assert seen == [
        (SuppositionState.QUEUED, ""),
        (SuppositionState.FAILED, "the solver ended with exit code -9"),
    ]


def test_a_supposition_that_is_dropped_meanwhile_gets_no_answer(
    published: Database, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = _suppose(published, noon)
    solved = solver_process.solve_apart

    def dropping(*args: object, **wishes: object) -> object:
        with published.session() as session:
            drop(session, COORDINATOR, number, at=noon)
        return solved(*args, **wishes)

    monkeypatch.setattr("scheduler.jobs.supposing.solve_apart", dropping)
    assert suppose_next(published, POLICY, clock=lambda: noon) == number
    with published.session() as session:
        row = session.get_one(tables.Supposition, number)
        assert (row.state, row.outcome) == (SuppositionState.DROPPED, None)


def test_a_supposition_that_cant_be_is_noted(published: Database, noon: datetime) -> None:
    number = _suppose(published, noon)
    with published.session() as session:
        session.get_one(tables.Supposition, number).given = {"no": "such thing"}
        session.add(tables.Pin(meeting_id="m-1", representative_id="r-1"))
        session.add(tables.Ban(meeting_id="m-1", representative_id="r-1"))
    assert suppose_next(published, POLICY, clock=lambda: noon) == number
    with published.session() as session:
        row = session.get_one(tables.Supposition, number)
        assert row.state is SuppositionState.FAILED
        assert "pins[0]" in row.failure


def test_an_interrupted_supposition_goes_back_into_the_queue(
    published: Database, noon: datetime
) -> None:
    number = _suppose(published, noon)
    with published.session() as session:
        session.get_one(tables.Supposition, number).state = SuppositionState.SOLVING
    with Clock(published, POLICY, lambda: noon):
        until = time.monotonic() + 60
        while not _answered(published, number) and time.monotonic() < until:
            time.sleep(0.1)
    assert _answered(published, number)


def _answered(database: Database, number: int) -> bool:
    with database.session() as session:
        row = session.get_one(tables.Supposition, number)
        return row.state is SuppositionState.ANSWERED and row.interruptions == 1
