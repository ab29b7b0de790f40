"""Who works on a row that is a job: one taker at a time, known by the number of its claim.

The number is a fencing token: it rises with every claim, and only its last taker may write. So one
that was paused, or cut off, and comes back late finds that its work counts no more. The lease says
from when on others may take a row over; that clocks differ a little makes one come sooner or later,
and never two count.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self, TypeVar

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import Session, col, select

from scheduler.db.tables import Plan, PlanPiece, Supposition
from scheduler.domain.terms import PieceState, PlanState, SuppositionState

LEASE = timedelta(minutes=2)
"""How long nothing may be heard of a worker before another takes over; it renews far sooner."""

RENEWED_EVERY = LEASE / 8

MOST_LOSSES = 3
"""How often a row's worker may be lost before it is left alone: it may be what kills them."""

Job = Plan | PlanPiece | Supposition
J = TypeVar("J", Plan, PlanPiece, Supposition)


@dataclass(frozen=True, slots=True)
class Claim:
    """That a worker took up the row `number`, as its so many-th taker."""

    number: int
    claims: int

    @classmethod
    def of(cls, row: Job) -> Self:
        """The claim by which a row was just taken up."""
        return cls(row.id, row.claims)


@dataclass(frozen=True, slots=True)
class _Words:
    """How a kind of job says that it waits, and that it is worked on."""

    queued: StrEnum
    solving: StrEnum


_WORDS: dict[type[Job], _Words] = {
    Plan: _Words(PlanState.QUEUED, PlanState.SOLVING),
    PlanPiece: _Words(PieceState.QUEUED, PieceState.SOLVING),
    Supposition: _Words(SuppositionState.QUEUED, SuppositionState.SOLVING),
}


def take(session: Session, kind: type[Job], number: int, *, at: datetime) -> bool:
    """Take up a row that waits; of two that try together one gets it."""
    taken = session.exec(
        update(kind)
        .where(col(kind.id) == number, col(kind.state) == _WORDS[kind].queued)
        .values(
            state=_WORDS[kind].solving,
            started_at=at,
            claims=kind.claims + 1,
            lease_until=at + LEASE,
        )
    )
    return bool(taken.rowcount == 1)


def hold(session: Session, kind: type[Job], claim: Claim, *, at: datetime) -> bool:
    """Say that the work goes on; False where it is another's by now, or nobody wants it."""
    held = session.exec(
        update(kind)
        .where(
            col(kind.id) == claim.number,
            col(kind.state) == _WORDS[kind].solving,
            col(kind.claims) == claim.claims,
        )
        .values(lease_until=at + LEASE)
    )
    return bool(held.rowcount == 1)


def mine(session: Session, kind: type[J], claim: Claim) -> J | None:
    """The row, locked until the commit, where it is still this claim's to write; otherwise None."""
    row = session.get_one(kind, claim.number, with_for_update=True, populate_existing=True)
    is_ours = row.state == _WORDS[kind].solving and row.claims == claim.claims
    return row if is_ours else None


def put_back(session: Session, kind: type[Job], *, lost_by: datetime | None = None) -> list[int]:
    """Queue again what is being worked on; gives the numbers.

    Args:
        session: the session; the caller commits.
        kind: plans, pieces of them, or suppositions.
        lost_by: only what no worker was heard of, so that its lease had ended by then; None: all,
            for the one process that owns the queue, at its start.
    """
    interrupted = col(kind.state) == _WORDS[kind].solving
    if lost_by is not None:
        interrupted &= _has_ended(kind, lost_by)
    numbers = session.exec(select(kind.id).where(interrupted).order_by(col(kind.id))).all()
    return [number for number in numbers if _requeued(session, kind, number, interrupted)]


def _has_ended(kind: type[Job], at: datetime) -> ColumnElement[bool]:
    return or_(col(kind.lease_until).is_(None), col(kind.lease_until) <= at)


def _requeued(
    session: Session, kind: type[Job], number: int, interrupted: ColumnElement[bool]
) -> bool:
    """Again by a condition: another may have been first, and its taker be at work by now."""
    done = session.exec(
        update(kind)
        .where(col(kind.id) == number, interrupted)
        .values(state=_WORDS[kind].queued, interruptions=kind.interruptions + 1, lease_until=None)
    )
    return bool(done.rowcount == 1)
