"""Plans as the coordinator sees them: what was asked, how far it is, and how good it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from scheduler.db.tables import Plan, PlanTier, Publication
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import PlanKind, PlanMode, PlanState

_WORKING = (PlanState.QUEUED, PlanState.SOLVING)
_OPEN = (*_WORKING, PlanState.PROPOSED, PlanState.DRAFT, PlanState.FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class TierView:
    """One tier: its value and bound (None: none known), and the present publication's value."""

    name: str
    value: int
    bound: int | None
    proven: bool
    before: int | None

    @property
    def room(self) -> int | None:
        """By how many per cent it can still get better at most; None where nobody knows."""
        if self.bound is None or not 0 <= self.bound <= self.value or not self.value:
            return None
        return -(-100 * (self.value - self.bound) // self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """One plan. Days are local and inclusive; None in the scope means all.

    `published_as` is the publication that came of it, `restores` the one it brings back. `lead` is
    the plan beside which it stands, None for the one that leads; `kind` is what it is the best at,
    None where its mode says so.
    """

    id: int
    state: PlanState
    mode: PlanMode | None
    first_day: date
    last_day: date
    tables: tuple[str, ...] | None
    organisations: tuple[str, ...] | None
    absent: tuple[str, ...]
    baseline: int | None
    restores: int | None
    created_at: datetime
    started_at: datetime | None
    seconds: float | None
    time_limit_seconds: float
    stop_asked: bool
    interruptions: int
    adjusted: bool
    lead: int | None
    kind: PlanKind | None
    left_out: tuple[str, ...]
    failure: str
    tiers: tuple[TierView, ...]
    published_as: int | None

    @property
    def is_working(self) -> bool:
        """Whether it waits for the solver, or is with it."""
        return self.state in _WORKING

    @property
    def is_ready(self) -> bool:
        """Whether there is an answer that can be taken, or was."""
        return self.state in {PlanState.PROPOSED, PlanState.DRAFT}

    @property
    def is_optimal(self) -> bool:
        """Whether every tier is proven."""
        return bool(self.tiers) and all(tier.proven for tier in self.tiers)

    @property
    def reached(self) -> int:
        """How many tiers are proven, from the first on."""
        proven = [tier.proven for tier in self.tiers]
        return proven.index(False) if False in proven else len(proven)


def plan(session: Session, actor: Actor, plan_id: int) -> PlanView:
    """One plan; NotFound where there is none, NotAllowed for who doesn't see all."""
    actor.must_see_all()
    row = session.get(Plan, plan_id)
    if row is None:
        raise NotFound("concept", str(plan_id))
    return _view(session, row)


def beside(session: Session, actor: Actor, lead_id: int) -> tuple[PlanView, ...]:
    """A plan and those that were asked with it, the leading one first; none that was put away.

    Raises:
        NotAllowed: the actor doesn't see all.
        NotFound: there is no such plan, or it stands beside another.
    """
    actor.must_see_all()
    mine = (col(Plan.id) == lead_id) | (col(Plan.lead_id) == lead_id)
    rows = session.exec(select(Plan).where(mine).order_by(col(Plan.id))).all()
    if not rows or rows[0].lead_id is not None:
        raise NotFound("concept", str(lead_id))
    return tuple(_view(session, row) for row in rows if row.state is not PlanState.DISCARDED)


def open_plans(session: Session, actor: Actor) -> tuple[PlanView, ...]:
    """The plans that are neither published nor put away, the newest first.

    What stands beside another is left out, until somebody takes it.
    """
    actor.must_see_all()
    shown = col(Plan.lead_id).is_(None) | (col(Plan.state) == PlanState.DRAFT)
    query = select(Plan).where(col(Plan.state).in_(_OPEN), shown).order_by(col(Plan.id).desc())
    return tuple(_view(session, row) for row in session.exec(query).all())


def newest_draft(session: Session, actor: Actor) -> PlanView | None:
    """The draft that was made last, or None."""
    drafts = (each for each in open_plans(session, actor) if each.state is PlanState.DRAFT)
    return next(drafts, None)


def _view(session: Session, row: Plan) -> PlanView:
    query = select(PlanTier).where(PlanTier.plan_id == row.id).order_by(col(PlanTier.position))
    published = session.exec(select(Publication.number).where(Publication.plan_id == row.id))
    return PlanView(
        id=row.id,
        state=row.state,
        mode=row.mode,
        first_day=row.free_first_day or row.first_day,
        last_day=row.free_last_day or row.last_day,
        tables=_tuple(row.free_tables),
        organisations=_tuple(row.free_organisations),
        absent=tuple(row.absent or ()),
        baseline=row.baseline_number,
        restores=row.restores_number,
        created_at=row.created_at,
        started_at=row.started_at,
        seconds=row.wall_seconds,
        time_limit_seconds=row.time_limit_seconds,
        stop_asked=row.stop_asked,
        interruptions=row.interruptions,
        adjusted=row.adjusted,
        lead=row.lead_id,
        kind=row.kind,
        left_out=tuple(row.left_out or ()),
        failure=row.failure,
        tiers=tuple(
            TierView(
                name=tier.name,
                value=tier.value,
                bound=tier.bound,
                proven=tier.proven,
                before=tier.before,
            )
            for tier in session.exec(query)
        ),
        published_as=published.first(),
    )


def _tuple(names: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if names is None else tuple(names)
