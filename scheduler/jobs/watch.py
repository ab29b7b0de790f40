"""Between a solve and its row: how far it is goes there, and the wish to stop comes from there."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from time import monotonic

from sqlmodel import Session

from scheduler.db import leases
from scheduler.db.engine import Database
from scheduler.db.leases import Claim
from scheduler.db.tables import Plan
from scheduler.flows.planning.plan_progress import is_stop_asked, note_progress
from scheduler.jobs.patience import AWAY
from scheduler.jobs.solver_process import OnImprovement, ShouldStop
from solver.plan import Improvement
from solver.problem import Tier

_EVERY_SECONDS = 1.0


class Watch:
    """Passes on what the solver tells, and looks at the row at most once a second."""

    def __init__(
        self,
        database: Database,
        claim: Claim,
        before: Mapping[Tier, int] | None,
        clock: Callable[[], datetime],
        *,
        on_improvement: OnImprovement | None = None,
        should_stop: ShouldStop | None = None,
    ) -> None:
        """Watch over one plan; `before` is what is published now. Others may listen and stop."""
        self._database = database
        self._claim = claim
        self._before = before
        self._clock = clock
        self._also_tell = on_improvement
        self._also_ask = should_stop
        self._latest: Improvement | None = None
        self._looked_at = 0.0
        self._held_at = monotonic()
        self._asked = False

    def improved(self, improvement: Improvement) -> None:
        """Remember the newest word; the next look at the row writes it down."""
        self._latest = improvement
        if self._also_tell is not None:
            self._also_tell(improvement)

    def should_stop(self) -> bool:
        """Whether anybody thinks the best so far is good enough; asked five times a second."""
        if monotonic() - self._looked_at >= _EVERY_SECONDS:
            self._looked_at = monotonic()
            with suppress(*AWAY):  # away for a moment: the next look comes in a second
                self._look()
        return self._asked or (self._also_ask is not None and self._also_ask())

    def _look(self) -> None:
        latest = self._latest
        with self._database.session() as session:
            if latest is not None:
                note_progress(session, self._claim, latest, self._before)
            self._asked = self._asked or is_stop_asked(session, self._claim.number)
            if monotonic() - self._held_at >= leases.RENEWED_EVERY.total_seconds():
                self._hold(session)
        self._latest = None

    def _hold(self, session: Session) -> None:
        """Say that the work goes on. Where another has taken it over, it needn't any more."""
        held = leases.hold(session, Plan, self._claim, at=self._clock())
        self._held_at, self._asked = monotonic(), self._asked or not held
