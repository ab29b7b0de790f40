"""A plan in independent pieces: any worker takes one up, and joined they are the whole."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from sqlmodel import Session, func, select

import solver
from scheduler.db import plans, tables
from scheduler.db.engine import Database
from scheduler.db.leases import LEASE, MOST_LOSSES, Claim
from scheduler.domain.access import COORDINATOR
from scheduler.domain.terms import PieceState, PlanState
from scheduler.flows.planning.discard_draft import discard_draft
from scheduler.flows.planning.pieces import (
    claim_piece,
    cut_up,
    finish_piece,
    forget_pieces,
    in_pieces,
    is_wanted,
    note_standing,
    progress,
)
from scheduler.flows.planning.plan_period import claim_plan, requeue_lost
from scheduler.flows.planning.plan_progress import ask_stop
from scheduler.flows.planning.try_again import try_again
from scheduler.flows.problem_builder import build_problem
from scheduler.jobs import solver_process
from scheduler.jobs.pieces import solve_next_piece
from scheduler.jobs.planning import solve_next
from scheduler.jobs.solver_process import Effort
from scheduler.policy import read_policy
from solver.pieces import Piece
from solver.plan import Improvement
from solver.problem import Problem
from solver.search import parts
from solver.standing import Standing

POLICY = read_policy()
ALL = {"m-1", "m-2", "m-3", "n-1", "n-2", "n-3"}
WORKER = """
import sys
from contextlib import closing
from scheduler.db.engine import Database
from scheduler.jobs.pieces import solve_next_piece

if __name__ == "__main__":
    with closing(Database(sys.argv[1])) as database:
        while True:
            solve_next_piece(database)
"""


@pytest.fixture(autouse=True)
def _neighbours(
    village: Database,
    build_neighbour: Callable[[Session, int], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two villages that share nothing, each a part of its own however small it is."""
    monkeypatch.setattr(parts, "SMALL_PART", 1)
    with village.session() as session:
        build_neighbour(session, 3)


@pytest.fixture
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same solver without a process of its own, which takes seconds to begin."""

    def solve(
        problem: Problem,
        piece: Piece,
        effort: Effort,
        *,
        on_standing: Callable[[Standing], None],
        should_stop: Callable[[], bool],
    ) -> Piece:
        return solver.solve_piece(
            problem,
            piece,
            time_limit_seconds=effort.time_limit_seconds,
            seed=effort.seed,
            on_standing=on_standing,
            should_stop=should_stop,
        )

    monkeypatch.setattr("scheduler.jobs.pieces.solve_piece_apart", solve)


def _solve(database: Database, at: datetime, **wishes: object) -> int | None:
    return solve_next(database, POLICY, clock=lambda: at, in_pieces=True, **wishes)


def _lead(database: Database, at: datetime) -> Claim:
    """What a worker does first that takes the plan up: cut it."""
    with database.session() as session:
        plan = claim_plan(session, at=at)
        assert plan is not None
        question, claim = build_problem(session, plan, POLICY), Claim.of(plan)
        first = in_pieces(question)
        ends_at = at + timedelta(seconds=plan.time_limit_seconds)
        assert len(first) == 2
        assert cut_up(session, claim, question.problem, first, ends_at=ends_at)
        return claim


def _states(database: Database) -> list[PieceState]:
    with database.session() as session:
        query = select(tables.PlanPiece.state).order_by(tables.PlanPiece.id)
        return list(session.exec(query))


def _assert_a_whole_draft(database: Database, number: int, *, optimal: bool = True) -> None:
    with database.session() as session:
        view = plans.plan(session, COORDINATOR, number)
        assert (view.state, view.failure) == (PlanState.DRAFT, "")
        assert view.is_optimal is optimal
        query = select(tables.PlannedMeeting.meeting_id)
        planned = session.exec(query.where(tables.PlannedMeeting.plan_id == number)).all()
        assert sorted(planned) == sorted(ALL)
        assert session.exec(select(func.count()).select_from(tables.PlanQuestion)).one() == 0
        assert session.exec(select(func.count()).select_from(tables.PlanPiece)).one() == 0


def test_joined_it_is_as_good_as_solved_in_one(
    village: Database, queued: int, noon: datetime
) -> None:
    solve_next(village, POLICY, clock=lambda: noon)
    with village.session() as session:
        whole = plans.plan(session, COORDINATOR, queued).tiers
        session.get_one(tables.Plan, queued).state = PlanState.QUEUED
        session.exec(tables.PlannedMeeting.__table__.delete())
    assert _solve(village, noon) == queued
    _assert_a_whole_draft(village, queued)
    with village.session() as session:
        assert plans.plan(session, COORDINATOR, queued).tiers == whole


def test_what_is_one_part_is_solved_as_it_always_was(
    village: Database, queued: int, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "SMALL_PART", 40)
    monkeypatch.setattr(solver_process, "solve_piece_apart", None)
    assert _solve(village, noon) == queued
    _assert_a_whole_draft(village, queued)


@pytest.mark.usefixtures("_quickly")
def test_others_take_pieces_up_while_one_leads(
    village: Database, queued: int, noon: datetime
) -> None:
    with ThreadPoolExecutor(1) as pool:
        led = pool.submit(_solve, village, noon)
        taken = set()
        while not led.done():
            taken.add(solve_next_piece(village, clock=lambda: noon))
            time.sleep(0.05)
    assert led.result() == queued
    _assert_a_whole_draft(village, queued)


def test_a_piece_is_taken_up_once(village: Database, queued: int, noon: datetime) -> None:
    _lead(village, noon)
    with village.session() as session:
        first, second = claim_piece(session, at=noon), claim_piece(session, at=noon)
        assert first is not None
        assert second is not None
        assert first.claim.number != second.claim.number
        assert claim_piece(session, at=noon) is None


def test_the_seconds_are_shared_out_over_what_waits(
    village: Database, queued: int, noon: datetime
) -> None:
    _lead(village, noon)
    later = noon + timedelta(seconds=8)
    with village.session() as session:
        first, second = claim_piece(session, at=noon), claim_piece(session, at=later)
    assert first is not None
    assert second is not None
    assert first.seconds == pytest.approx(10), "one hand, two pieces"
    assert second.seconds == pytest.approx(12), "all that is left"


@pytest.mark.usefixtures("_quickly")
def test_another_worker_does_again_what_one_was_lost_over(
    village: Database, queued: int, noon: datetime
) -> None:
    _lead(village, noon)
    with village.session() as session:
        lost = claim_piece(session, at=noon)
    assert lost is not None
    after = noon + LEASE
    assert solve_next_piece(village, clock=lambda: after) == lost.claim.number
    with village.session() as session:
        assert not is_wanted(session, lost.claim)
        finish_piece(session, lost.claim, lost.piece)
        row = session.get_one(tables.PlanPiece, lost.claim.number)
        assert (row.state, row.interruptions) == (PieceState.SOLVED, 1)
        assert row.standing is not None, "who comes back late counts no more"


@pytest.mark.usefixtures("_quickly")
def test_a_lost_lead_is_followed_up_and_what_was_solved_stays(
    village: Database, queued: int, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    _lead(village, noon)
    while solve_next_piece(village, clock=lambda: noon):
        pass
    assert _states(village) == [PieceState.SOLVED] * 2
    after = noon + LEASE
    with village.session() as session:
        assert requeue_lost(session, at=after) == 1
    monkeypatch.setattr("scheduler.jobs.pieces.solve_piece_apart", None)
    assert _solve(village, after) == queued
    _assert_a_whole_draft(village, queued)


@pytest.mark.usefixtures("_quickly")
def test_facts_that_changed_meanwhile_are_asked_anew_by_who_follows_up(
    village: Database, queued: int, noon: datetime
) -> None:
    _lead(village, noon)
    while solve_next_piece(village, clock=lambda: noon):
        pass
    with village.session() as session:
        session.get_one(tables.Representative, "r-4").online = False
        session.add(tables.Ban(meeting_id="n-1", representative_id="r-4"))
    after = noon + LEASE
    with village.session() as session:
        requeue_lost(session, at=after)
    assert _solve(village, after) == queued
    _assert_a_whole_draft(village, queued)
    with village.session() as session:
        query = select(tables.Assignment.representative_id)
        gone = session.exec(query.where(tables.Assignment.meeting_id == "n-1")).all()
    assert gone == ["r-5"]


def test_a_worker_killed_over_a_piece_loses_and_doubles_nothing(
    village: Database, queued: int, noon: datetime
) -> None:
    _lead(village, noon)
    url = village.engine.url.render_as_string(hide_password=False)
    worker = subprocess.Popen([sys.executable, "-c", WORKER, url])
    while PieceState.SOLVING not in _states(village):
        time.sleep(0.02)
    worker.kill()
    assert worker.wait() == -signal.SIGKILL
    after = max(noon, datetime.now(noon.tzinfo)) + 2 * LEASE
    with village.session() as session:
        requeue_lost(session, at=after)
    assert _solve(village, after) == queued
    _assert_a_whole_draft(village, queued)


def _die(*_: object) -> None:
    raise SystemExit(9)


def test_a_piece_whose_solver_dies_twice_fails_its_plan_and_can_be_asked_again(
    village: Database, queued: int, noon: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solver_process, "_solve_piece_and_send", _die)
    assert _solve(village, noon) == queued
    with village.session() as session:
        plan = plans.plan(session, COORDINATOR, queued)
        assert (plan.state, plan.failure) == (
            PlanState.FAILED,
            "the solver ended with exit code 9",
        )
    with village.session() as session:
        try_again(session, COORDINATOR, queued, at=noon)
    _lead(village, noon)
    assert _states(village) == [PieceState.QUEUED] * 2


def test_what_kills_each_of_its_workers_is_left_alone_in_the_end(
    village: Database, queued: int, noon: datetime
) -> None:
    claim = _lead(village, noon)
    at = noon
    with village.session() as session:
        for _ in range(MOST_LOSSES + 1):
            assert claim_piece(session, at=at) is not None
            at += LEASE
        assert progress(session, claim, at=at).failure == "its workers were lost"


@pytest.mark.usefixtures("_quickly")
def test_good_enough_keeps_what_there_is(village: Database, queued: int, noon: datetime) -> None:
    claim = _lead(village, noon)
    with village.session() as session:
        ask_stop(session, COORDINATOR, queued, at=noon)
        assert claim_piece(session, at=noon) is None, "nobody begins with it any more"
        session.get_one(tables.Plan, claim.number).state = PlanState.QUEUED
    assert _solve(village, noon) == queued
    _assert_a_whole_draft(village, queued, optimal=False)


@pytest.mark.usefixtures("_quickly")
def test_a_plan_that_is_put_away_gets_no_answer_and_its_pieces_go(
    village: Database, queued: int, noon: datetime
) -> None:
    def put_away(_: Improvement) -> None:
        with village.session() as session:
            if session.get_one(tables.Plan, queued).state is PlanState.SOLVING:
                discard_draft(session, COORDINATOR, queued, at=noon)

    assert _solve(village, noon, on_improvement=put_away) == queued
    with village.session() as session:
        assert session.get_one(tables.Plan, queued).state is PlanState.DISCARDED
        for table in (tables.PlannedMeeting, tables.PlanPiece, tables.PlanQuestion):
            assert session.exec(select(func.count()).select_from(table)).one() == 0


@pytest.mark.usefixtures("_quickly")
def test_a_process_that_has_to_go_lets_another_lead_on(
    village: Database, queued: int, noon: datetime
) -> None:
    assert _solve(village, noon, should_stop=lambda: True) == queued
    assert _states(village) == [PieceState.QUEUED] * 2
    with village.session() as session:
        forget_pieces(session)
        plan = session.get_one(tables.Plan, queued)
        assert (plan.state, plan.interruptions) == (PlanState.QUEUED, 0)
    assert _solve(village, noon) == queued
    _assert_a_whole_draft(village, queued)


@pytest.mark.usefixtures("_quickly")
def test_how_far_it_is_is_told_of_all_pieces_together(
    village: Database, queued: int, noon: datetime
) -> None:
    told: list[Improvement] = []
    _solve(village, noon, on_improvement=told.append)
    with village.session() as session:
        tiers = plans.plan(session, COORDINATOR, queued).tiers
    assert told[-1].values == tuple(tier.value for tier in tiers)
    assert told[-1].bounds == tuple(tier.bound for tier in tiers)
    assert all(later.values <= sooner.values for sooner, later in pairwise(told))


@pytest.mark.usefixtures("_quickly")
def test_what_is_ahead_of_a_lost_worker_is_lost_with_it(
    village: Database, queued: int, noon: datetime
) -> None:
    """A bound holds beside the plan that it was found with, and that plan is gone."""
    claim = _lead(village, noon)
    while solve_next_piece(village, clock=lambda: noon):
        pass
    with village.session() as session:
        row = session.exec(select(tables.PlanPiece)).first()
        assert row is not None
        row.state, standing = PieceState.QUEUED, progress(session, claim, at=noon).standings[0]
        row.standing = None
        session.flush()
        lost = claim_piece(session, at=noon)
        assert lost is not None
        assert standing is not None
        note_standing(session, lost.claim, standing)
        session.flush()
        assert progress(session, claim, at=noon).standings[0] == standing
        again = claim_piece(session, at=noon + LEASE)
        assert again is not None
        assert again.piece.standing is None
