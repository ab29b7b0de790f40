"""A plan cut into its independent parts: rows that any worker takes up, and what came of them."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from scheduler.db import leases
from scheduler.db.cluster import standing
from scheduler.db.leases import Claim
from scheduler.db.tables import Plan, PlanPiece, PlanQuestion
from scheduler.domain.terms import PieceState, PlanState
from scheduler.flows.problem_builder import Question
from solver.format import digest_of, read_problem, write_problem
from solver.pieces import Piece, pieces
from solver.problem import PlannedMeeting, Problem
from solver.standing import Standing

_WORKING = (PlanState.QUEUED, PlanState.SOLVING)
_LANES = 2
"""A process that works has two, of which one solves."""

LEAST_SECONDS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A piece that was taken up: of what, where it stands, and how long it may be thought about."""

    claim: Claim
    document: bytes
    piece: Piece
    seconds: float
    seed: int
    workers: int

    def problem(self) -> Problem:
        """The whole problem; reading a country's takes seconds, so not while a session is open."""
        return read_problem(zlib.decompress(self.document))


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the pieces of a plan are, in their order; `failure` is the first that one has.

    `is_led`: who asks is still the one that leads the plan, and somebody wants it.
    """

    is_led: bool
    standings: tuple[Standing | None, ...]
    waiting: int
    in_hand: int
    failure: str


def in_pieces(question: Question) -> tuple[Piece, ...]:
    """The independent parts of what a plan asks, each with a first valid plan; one at least."""
    return pieces(question.problem)


def cut_up(
    session: Session, claim: Claim, problem: Problem, first: Sequence[Piece], *, ends_at: datetime
) -> bool:
    """Put the pieces of a plan into the queue; False where another has taken the plan over.

    What is there already of the same question, of a worker that was lost, stays as far as it is.
    """
    if leases.mine(session, Plan, claim) is None:
        return False
    forget_pieces(session)
    digest = digest_of(problem)
    there = session.get(PlanQuestion, claim.number)
    if there is not None and there.digest == digest:
        there.ends_at = ends_at
        _try_again(session, claim.number)
        return True
    if there is not None:
        session.delete(there)
        session.flush()
    session.add(
        PlanQuestion(
            plan_id=claim.number,
            digest=digest,
            document=zlib.compress(write_problem(problem).encode()),
            ends_at=ends_at,
        )
    )
    session.flush()
    for each in first:
        session.add(PlanPiece(plan_id=claim.number, state=PieceState.QUEUED, meetings=_rows(each)))
        session.flush()
    return True


def _try_again(session: Session, plan_id: int) -> None:
    failed = (col(PlanPiece.plan_id) == plan_id) & (col(PlanPiece.state) == PieceState.FAILED)
    again = {"state": PieceState.QUEUED, "interruptions": 0, "failure": ""}
    session.exec(update(PlanPiece).where(failed).values(**again))


def claim_piece(session: Session, *, at: datetime, of: int | None = None) -> Task | None:
    """Take up the oldest piece that waits, `of` one plan or of any that is being solved, or None.

    Two workers never take up the same one. What another was lost over goes back first.
    """
    _requeue_lost(session, at=at)
    query = (
        select(PlanPiece.id)
        .join(Plan, col(Plan.id) == PlanPiece.plan_id)
        .where(
            PlanPiece.state == PieceState.QUEUED,
            Plan.state == PlanState.SOLVING,
            col(Plan.stop_asked).is_(False),
        )
        .order_by(col(PlanPiece.id))
    )
    if of is not None:
        query = query.where(PlanPiece.plan_id == of)
    for number in session.exec(query):
        if leases.take(session, PlanPiece, number, at=at):
            row = session.get_one(PlanPiece, number, populate_existing=True)
            row.ahead = None
            return _task(session, row, at)
    return None


def _requeue_lost(session: Session, *, at: datetime) -> None:
    numbers = leases.put_back(session, PlanPiece, lost_by=at)
    session.exec(
        update(PlanPiece)
        .where(col(PlanPiece.id).in_(numbers), col(PlanPiece.interruptions) > leases.MOST_LOSSES)
        .values(state=PieceState.FAILED, failure="its workers were lost")
    )


def _task(session: Session, row: PlanPiece, at: datetime) -> Task:
    question = session.get_one(PlanQuestion, row.plan_id, populate_existing=True)
    plan = session.get_one(Plan, row.plan_id)
    return Task(
        claim=Claim.of(row),
        document=question.document,
        piece=_piece(row),
        seconds=_seconds(session, plan, question, row, at),
        seed=plan.seed,
        workers=plan.workers,
    )


def _seconds(
    session: Session, plan: Plan, question: PlanQuestion, row: PlanPiece, at: datetime
) -> float:
    """An even share of what is left, over all hands; no less for what another was lost over."""
    states = select(PlanPiece.state, func.count()).where(PlanPiece.plan_id == plan.id)
    counted = dict(session.exec(states.group_by(PlanPiece.state)).all())
    in_hand, waiting = counted.get(PieceState.SOLVING, 0), 1 + counted.get(PieceState.QUEUED, 0)
    cluster = standing(session)
    hands = max(in_hand, cluster.workers // _LANES if cluster else 1)
    left = (question.ends_at - at).total_seconds()
    if row.interruptions:
        left = max(left, plan.time_limit_seconds / sum(counted.values()))
    return max(LEAST_SECONDS, left * min(1.0, hands / waiting))


def is_wanted(session: Session, claim: Claim) -> bool:
    """Whether the work on a piece is to go on: its plan is wanted, and not yet good enough."""
    row = session.get(PlanPiece, claim.number, populate_existing=True)
    if row is None or row.claims != claim.claims:
        return False
    plan = session.get_one(Plan, row.plan_id, populate_existing=True)
    return plan.state in _WORKING and not plan.stop_asked


def note_standing(session: Session, claim: Claim, standing: Standing) -> None:
    """Write down how far a piece is, where it is still this claim's to write."""
    row = _mine(session, claim)
    if row is not None:
        row.ahead = asdict(standing)


def finish_piece(session: Session, claim: Claim, piece: Piece) -> None:
    """Keep what came of a piece; nothing happens where it is another's by now, or gone."""
    row = _mine(session, claim)
    if row is not None:
        row.state, row.meetings, row.ahead = PieceState.SOLVED, _rows(piece), None
        row.standing = asdict(piece.standing) if piece.standing else None


def note_piece_death(session: Session, claim: Claim, reason: str) -> None:
    """A piece whose process was killed is tried once more; after that it says why it failed."""
    row = _mine(session, claim)
    if row is not None and row.interruptions == 0:
        row.state, row.interruptions = PieceState.QUEUED, 1
    else:
        note_piece_failure(session, claim, reason)


def note_piece_failure(session: Session, claim: Claim, reason: str) -> None:
    """A piece that could not be solved says why, and with it its plan."""
    row = _mine(session, claim)
    if row is not None:
        row.state, row.failure = PieceState.FAILED, reason


def _mine(session: Session, claim: Claim) -> PlanPiece | None:
    """The row where it is still this claim's; its plan may be ready, and all its pieces gone."""
    if session.get(PlanPiece, claim.number) is None:
        return None
    return leases.mine(session, PlanPiece, claim)


def progress(session: Session, claim: Claim, *, at: datetime) -> Progress:
    """How far the pieces of a plan are. What a worker was lost over goes back first."""
    _requeue_lost(session, at=at)
    plan = session.get_one(Plan, claim.number)
    rows = _rows_of(session, claim.number)
    states = [row.state for row in rows]
    return Progress(
        is_led=plan.state is PlanState.SOLVING and plan.claims == claim.claims,
        standings=tuple(_read(row.ahead or row.standing) for row in rows),
        waiting=states.count(PieceState.QUEUED),
        in_hand=states.count(PieceState.SOLVING),
        failure=next((row.failure for row in rows if row.state is PieceState.FAILED), ""),
    )


def go_on(session: Session, plan_id: int) -> bool:
    """Put back what isn't proven, for there is time left; says whether there is any of it."""
    rows = [row for row in _rows_of(session, plan_id) if row.state is PieceState.SOLVED]
    unproven = [row for row in rows if (known := _read(row.standing)) and not known.is_proven]
    for row in unproven:
        row.state = PieceState.QUEUED
    return bool(unproven)


def solved(session: Session, plan_id: int) -> tuple[Piece, ...]:
    """The pieces of a plan as they are by now, in their order."""
    return tuple(map(_piece, _rows_of(session, plan_id)))


def hand_over(session: Session, claim: Claim) -> None:
    """Put a plan back into the queue for another to lead; its pieces stay as far as they are."""
    plan = leases.mine(session, Plan, claim)
    if plan is not None:
        plan.state, plan.lease_until = PlanState.QUEUED, None


def forget_pieces(session: Session) -> None:
    """Take away the questions, with their pieces, of plans that nobody works on any more."""
    working = select(Plan.id).where(col(Plan.state).in_(_WORKING))
    session.exec(delete(PlanQuestion).where(col(PlanQuestion.plan_id).not_in(working)))


def _rows_of(session: Session, plan_id: int) -> Sequence[PlanPiece]:
    query = select(PlanPiece).where(PlanPiece.plan_id == plan_id).order_by(col(PlanPiece.id))
    return session.exec(query).all()


def _rows(piece: Piece) -> list[dict[str, Any]]:
    return [asdict(planned) for planned in piece.meetings.values()]


def _piece(row: PlanPiece) -> Piece:
    return Piece(meetings=dict(_planned(row.meetings)), standing=_read(row.standing))


def _planned(rows: Iterable[dict[str, Any]]) -> Iterable[tuple[str, PlannedMeeting]]:
    for row in rows:
        planned = PlannedMeeting(**{**row, "attendees": tuple(row["attendees"])})
        yield planned.meeting, planned


def _read(standing: dict[str, Any] | None) -> Standing | None:
    if standing is None:
        return None
    return Standing(**{name: tuple(values) for name, values in standing.items()})
