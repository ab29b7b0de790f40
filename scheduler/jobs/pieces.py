"""Working off the pieces of plans: whoever is free takes one up, whoever leads its plan."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from scheduler.db import leases
from scheduler.db.engine import Database
from scheduler.db.leases import Claim
from scheduler.db.tables import PlanPiece
from scheduler.domain.times import now
from scheduler.flows.planning.pieces import (
    Task,
    claim_piece,
    finish_piece,
    is_wanted,
    note_piece_death,
    note_piece_failure,
    note_standing,
)
from scheduler.jobs.patience import AWAY, patiently
from scheduler.jobs.solver_process import (
    Effort,
    ShouldStop,
    SolverProcessDied,
    solve_piece_apart,
)
from scheduler.logs import log, where
from solver.standing import Standing

_EVERY_SECONDS = 1.0


def solve_next_piece(
    database: Database,
    *,
    clock: Callable[[], datetime] = now,
    of: int | None = None,
    should_stop: ShouldStop | None = None,
) -> int | None:
    """Solve the oldest piece that waits, `of` one plan or of any, and give its number.

    None where there is none. No transaction is open while it solves.

    Raises:
        OperationalError: the database stayed away; the piece is taken up again when its lease ends.
    """
    with database.session() as session:
        task = claim_piece(session, at=clock(), of=of)
    if task is None:
        return None
    try:
        _solve(database, task, clock, should_stop or _never)
    except SolverProcessDied as error:
        log.error("piece %s: %s", task.claim.number, error)
        with database.session() as session:
            note_piece_death(session, task.claim, str(error))
    except AWAY:
        raise
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the row has to say so
        log.error("piece %s failed: %s", task.claim.number, where(error))
        with database.session() as session:
            note_piece_failure(session, task.claim, str(error))
    return task.claim.number


def _never() -> bool:
    return False


def _solve(
    database: Database, task: Task, clock: Callable[[], datetime], ending: ShouldStop
) -> None:
    watch = _Watch(database, task.claim, clock, ending)
    effort = Effort(time_limit_seconds=task.seconds, seed=task.seed, workers=task.workers)
    solved = solve_piece_apart(
        task.problem(),
        task.piece,
        effort,
        on_standing=watch.improved,
        should_stop=watch.should_stop,
    )

    def write() -> None:
        with database.session() as session:
            finish_piece(session, task.claim, solved)

    patiently(write)


@dataclass(slots=True)
class _Watch:
    """Between a piece and its row: how far it is goes there, and whether it is wanted comes back.

    `ending` is asked five times a second, the row once.
    """

    database: Database
    claim: Claim
    clock: Callable[[], datetime]
    ending: ShouldStop
    latest: Standing | None = None
    looked_at: float = 0.0
    held_at: float = field(default_factory=monotonic)
    asked: bool = False

    def improved(self, standing: Standing) -> None:
        """Remember the newest word; the next look at the row writes it down."""
        self.latest = standing

    def should_stop(self) -> bool:
        """Whether the piece is good enough as it is."""
        if monotonic() - self.looked_at >= _EVERY_SECONDS:
            self.looked_at = monotonic()
            with suppress(*AWAY):  # away for a moment: the next look comes in a second
                self._look()
        return self.ending() or self.asked

    def _look(self) -> None:
        with self.database.session() as session:
            if self.latest is not None:
                note_standing(session, self.claim, self.latest)
            self.asked = self.asked or not is_wanted(session, self.claim)
            if monotonic() - self.held_at >= leases.RENEWED_EVERY.total_seconds():
                held = leases.hold(session, PlanPiece, self.claim, at=self.clock())
                self.held_at, self.asked = monotonic(), self.asked or not held
        self.latest = None
