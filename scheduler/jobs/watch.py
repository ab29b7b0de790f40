"""Between a solve and its row: how far it is goes there, and the wish to stop comes from there."""

from collections.abc import Mapping
from time import monotonic

from scheduler.db.engine import Database
from scheduler.flows.planning.plan_progress import is_stop_asked, note_progress
from scheduler.jobs.solver_process import OnImprovement, ShouldStop
from solver.plan import Improvement
from solver.problem import Tier

_EVERY_SECONDS = 1.0


class Watch:
    """Passes on what the solver tells, and looks at the row at most once a second."""

    def __init__(
        self,
        database: Database,
        plan_id: int,
        before: Mapping[Tier, int] | None,
        on_improvement: OnImprovement | None = None,
        should_stop: ShouldStop | None = None,
    ) -> None:
        """Watch over one plan; `before` is what is published now. Others may listen and stop."""
        self._database = database
        self._plan_id = plan_id
        self._before = before
        self._also_tell = on_improvement
        self._also_ask = should_stop
        self._latest: Improvement | None = None
        self._looked_at = 0.0
        self._asked = False

    def improved(self, improvement: Improvement) -> None:
        """Remember the newest word; the next look at the row writes it down."""
        self._latest = improvement
        if self._also_tell is not None:
            self._also_tell(improvement)

    def should_stop(self) -> bool:
        """Whether anybody thinks the best so far is good enough; asked five times a second."""
        if monotonic() - self._looked_at >= _EVERY_SECONDS:
            self._look()
        return self._asked or (self._also_ask is not None and self._also_ask())

    def _look(self) -> None:
        latest, self._latest = self._latest, None
        with self._database.session() as session:
            if latest is not None:
                note_progress(session, self._plan_id, latest, self._before)
            self._asked = self._asked or is_stop_asked(session, self._plan_id)
        self._looked_at = monotonic()
