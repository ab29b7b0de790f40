"""Suppositions as the coordinators see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from scheduler.db.plans import TierView
from scheduler.db.tables import Supposition
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import PlanMode, Role, SuppositionKind, SuppositionState


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppositionView:
    """One supposition: who asked what and when, how far it is, and what came of it.

    `given` and `outcome` are as the flows keep them; the flows read them.
    """

    id: int
    kind: SuppositionKind
    given: Mapping[str, Any]
    mode: PlanMode
    state: SuppositionState
    asked_at: datetime
    asked_role: Role
    baseline: int
    started_at: datetime | None
    kept_at: datetime | None
    kept_role: Role | None
    again_of: int | None
    stop_asked: bool
    interruptions: int
    failure: str
    supposed: bool
    seconds: float
    tiers: tuple[TierView, ...]
    outcome: Mapping[str, Any] | None

    @property
    def is_working(self) -> bool:
        """Whether it waits for the solver, or is with it."""
        return self.state in {SuppositionState.QUEUED, SuppositionState.SOLVING}

    @property
    def reached(self) -> int:
        """How many tiers are proven, from the first on."""
        proven = [tier.proven for tier in self.tiers]
        return proven.index(False) if False in proven else len(proven)


def supposition(session: Session, actor: Actor, number: int) -> SuppositionView:
    """One supposition.

    Raises:
        NotAllowed: the actor doesn't see all.
        NotFound: there is none with this number, or it was dropped.
    """
    actor.must_see_all()
    row = session.get(Supposition, number)
    if row is None or row.state is SuppositionState.DROPPED:
        raise NotFound("aanname", str(number))
    return _view(row)


def suppositions(session: Session, actor: Actor) -> tuple[SuppositionView, ...]:
    """All that weren't dropped, the newest first; NotAllowed for who doesn't see all."""
    actor.must_see_all()
    living = col(Supposition.state) != SuppositionState.DROPPED
    query = select(Supposition).where(living).order_by(col(Supposition.id).desc())
    return tuple(_view(row) for row in session.exec(query))


def _view(row: Supposition) -> SuppositionView:
    told = row.progress or {"supposed": True, "seconds": 0.0, "tiers": []}
    return SuppositionView(
        id=row.id,
        kind=row.kind,
        given=row.given,
        mode=row.mode,
        state=row.state,
        asked_at=row.asked_at,
        asked_role=row.asked_role,
        baseline=row.baseline_number,
        started_at=row.started_at,
        kept_at=row.kept_at,
        kept_role=row.kept_role,
        again_of=row.again_of,
        stop_asked=row.stop_asked,
        interruptions=row.interruptions,
        failure=row.failure,
        supposed=told["supposed"],
        seconds=told["seconds"],
        tiers=tuple(
            TierView(**tier, proven=tier["value"] == tier["bound"]) for tier in told["tiers"]
        ),
        outcome=row.outcome,
    )
