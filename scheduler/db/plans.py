"""Plans as the coordinator sees them: what was asked, how far it is, and how good it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from scheduler.db.tables import Plan, PlanTier, Publication
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import PlanMode, PlanState

_OPEN = (PlanState.QUEUED, PlanState.SOLVING, PlanState.DRAFT, PlanState.FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class TierView:
    """One tier: its value and bound (None: none known), and the present publication's value."""

    name: str
    value: int
    bound: int | None
    proven: bool
    before: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """One plan. Days are local and inclusive; None in the scope means all.

    `published_as` is the publication that came of it, `restores` the one it brings back.
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
    failure: str
    tiers: tuple[TierView, ...]
    published_as: int | None

    @property
    def is_working(self) -> bool:
        """Whether it waits for the solver, or is with it."""
        return self.state in {PlanState.QUEUED, PlanState.SOLVING}

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
    """One plan; NotFound where there is none, NotAllowed for who doesn't plan for all."""
    actor.must_plan_for_all()
    row = session.get(Plan, plan_id)
    if row is None:
        raise NotFound("concept", str(plan_id))
    return _view(session, row)


def open_plans(session: Session, actor: Actor) -> tuple[PlanView, ...]:
    """The plans that are neither published nor put away, the newest first."""
    actor.must_plan_for_all()
    query = select(Plan).where(col(Plan.state).in_(_OPEN)).order_by(col(Plan.id).desc())
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
