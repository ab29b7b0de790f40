"""Working off the queue of suppositions: each is solved with what is supposed, and without."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from scheduler.db import leases
from scheduler.db.engine import Database
from scheduler.db.leases import Claim
from scheduler.db.tables import Supposition
from scheduler.domain.times import now
from scheduler.flows.what_if.working import (
    Pair,
    build_pair,
    claim_supposition,
    is_dropped,
    is_stop_asked,
    note_death,
    note_failure,
    note_progress,
    requeue_lost,
    write_answer,
)
from scheduler.jobs.patience import AWAY, patiently
from scheduler.jobs.solver_process import Effort, ShouldStop, SolverProcessDied, solve_apart
from scheduler.logs import log, where
from scheduler.policy import PlanningPolicy
from solver.plan import Improvement, Plan

_EVERY_SECONDS = 1.0


def suppose_next(
    database: Database,
    policy: PlanningPolicy,
    *,
    clock: Callable[[], datetime] = now,
    should_stop: ShouldStop | None = None,
) -> int | None:
    """Work out the oldest supposition and give its number, or None where there is none.

    No transaction is open while it solves. What goes wrong is noted in the row as well.

    Raises:
        OperationalError: the database stayed away; it is taken up again when its lease ends.
    """
    with database.session() as session:
        requeue_lost(session, at=clock())
        row = claim_supposition(session, at=clock())
    if row is None:
        return None
    claim = Claim.of(row)
    try:
        _work_out(database, row, policy, clock, should_stop or _never)
    except SolverProcessDied as error:
        log.error("supposition %s: %s", row.id, error)
        with database.session() as session:
            note_death(session, claim, str(error), at=clock())
    except AWAY:
        raise
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the row has to say so
        log.error("supposition %s failed: %s", row.id, where(error))
        with database.session() as session:
            note_failure(session, claim, str(error), at=clock())
    return row.id


def _never() -> bool:
    return False


def _work_out(
    database: Database,
    row: Supposition,
    policy: PlanningPolicy,
    clock: Callable[[], datetime],
    ending: ShouldStop,
) -> None:
    """Both get the same seconds: what was stopped early is compared with one as early."""
    with database.session() as session:
        pair = build_pair(session, row, policy)
    first = _Half(database, row, pair, ending, clock, supposed=True)
    supposed = first.solved(row.time_limit_seconds / 2)
    second = _Half(database, row, pair, ending, clock, supposed=False)
    plain = second.solved(min(row.time_limit_seconds / 2, max(0.5, supposed.wall_seconds)))

    def write() -> None:
        with database.session() as session:
            write_answer(session, Claim.of(row), pair, (supposed, plain), at=clock())

    patiently(write)


@dataclass(slots=True)
class _Half:
    """One of the two solves: how far it is goes to the row, and the wish to stop comes from it."""

    database: Database
    row: Supposition
    pair: Pair
    ending: ShouldStop
    clock: Callable[[], datetime]
    supposed: bool = field(kw_only=True)
    latest: Improvement | None = None
    looked_at: float = 0.0
    held_at: float = field(default_factory=monotonic)
    asked: bool = False

    def solved(self, seconds: float) -> Plan:
        """The plan after so many seconds at most."""
        problem = self.pair.supposed if self.supposed else self.pair.question.problem
        effort = Effort(time_limit_seconds=seconds, seed=self.row.seed, workers=self.row.workers)
        return solve_apart(
            problem, effort, on_improvement=self.improved, should_stop=self.should_stop
        )

    def improved(self, improvement: Improvement) -> None:
        """Remember the newest word; the next look at the row writes it down."""
        self.latest = improvement

    def should_stop(self) -> bool:
        """Whether the best so far is good enough; the row is looked at once a second."""
        if monotonic() - self.looked_at >= _EVERY_SECONDS:
            self.looked_at = monotonic()
            with suppress(*AWAY):  # away for a moment: the next look comes in a second
                self._look()
        return self.asked or self.ending()

    def _look(self) -> None:
        claim, latest = Claim.of(self.row), self.latest
        with self.database.session() as session:
            if latest is not None:
                note_progress(session, claim, latest, self.pair.before, supposed=self.supposed)
            # The second half is as long as the first was: only dropping it ends it sooner.
            wanted = is_stop_asked if self.supposed else is_dropped
            self.asked = wanted(session, claim.number)
            if monotonic() - self.held_at >= leases.RENEWED_EVERY.total_seconds():
                held = leases.hold(session, Supposition, claim, at=self.clock())
                self.held_at, self.asked = monotonic(), self.asked or not held
        self.latest = None
