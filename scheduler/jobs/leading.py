"""Leading a plan that is solved in pieces: cut it up, work along, wait for the others, join."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic, sleep

from scheduler.db.engine import Database
from scheduler.db.leases import Claim
from scheduler.flows.planning import pieces
from scheduler.jobs.patience import AWAY, patiently
from scheduler.jobs.pieces import solve_next_piece
from scheduler.jobs.solver_process import Effort, ShouldStop
from scheduler.jobs.watch import Watch
from solver.pieces import Joint, Piece
from solver.plan import Plan
from solver.problem import Problem

_POLL_SECONDS = 0.2
_LOOK_SECONDS = 1.0
_ENDING, _ENDING_SECONDS = 0.03, 0.5
"""Of the time limit, and besides, what is kept for joining and judging."""

_WORTH_SECONDS = 3.0
"""With less time than this nothing is begun again: making the model takes most of it."""


class PieceFailed(Exception):
    """A piece could not be solved, so its plan can't be made."""


@dataclass(slots=True)
class Lead:
    """One plan in pieces, for the worker that took the plan up. It works off pieces itself as well.

    Others that are free take pieces too; where there are none it does all of them. Its own row is
    held, and told how far all pieces are, through `watch`. `ending`: this process has to go.
    """

    database: Database
    claim: Claim
    problem: Problem
    effort: Effort
    watch: Watch
    clock: Callable[[], datetime]
    ending: ShouldStop
    begun: float = field(default_factory=monotonic)
    looked_at: float = field(default_factory=monotonic)

    def solve(self, first: Sequence[Piece]) -> Plan | None:
        """The whole plan, of pieces that several workers solved; judging it is the caller's.

        None where there is nothing to write: another leads by now, or will, or nobody wants it.

        Raises:
            PieceFailed: one of them can't be solved.
        """
        joint = Joint(self.problem, first)
        if not patiently(lambda: self._cut(first)):
            return None
        while not self.ending():
            found = self._look(joint)
            if not found.is_led:
                return None
            if self._is_ready(found, joint):
                return self._joined(joint)
        patiently(self._hand_over)
        return None

    def _cut(self, first: Sequence[Piece]) -> bool:
        limit = self.effort.time_limit_seconds
        working = max(0.0, limit - _ENDING_SECONDS - _ENDING * limit)
        ends_at = self.clock() + timedelta(seconds=working)
        with self.database.session() as session:
            return pieces.cut_up(session, self.claim, self.problem, first, ends_at=ends_at)

    def _is_ready(self, found: pieces.Progress, joint: Joint) -> bool:
        """Whether there is nothing left to wait for; works along where there is something to do."""
        if found.failure:
            raise PieceFailed(found.failure)
        stopped = self.watch.should_stop()
        if found.waiting and not stopped and self._work(joint):
            return False
        if found.in_hand or (found.waiting and not stopped):
            sleep(_POLL_SECONDS)
            return False
        return stopped or not self._goes_on()

    def _work(self, joint: Joint) -> bool:
        """Solve one piece, if any still waits."""

        def should_stop() -> bool:
            if monotonic() - self.looked_at >= _LOOK_SECONDS:
                with suppress(*AWAY):  # away for a moment: the next look comes in a second
                    self._tell(joint)
            return self.watch.should_stop() or self.ending()

        with suppress(*AWAY):
            number = self.claim.number
            found = solve_next_piece(
                self.database, clock=self.clock, of=number, should_stop=should_stop
            )
            return found is not None
        return False

    def _look(self, joint: Joint) -> pieces.Progress:
        return patiently(lambda: self._tell(joint))

    def _tell(self, joint: Joint) -> pieces.Progress:
        """Look at how far all pieces are; the plan's own row is told by the watch."""
        self.looked_at = monotonic()
        with self.database.session() as session:
            found = pieces.progress(session, self.claim, at=self.clock())
        if any(found.standings):
            self.watch.improved(joint.improvement(found.standings, monotonic() - self.begun))
        return found

    def _goes_on(self) -> bool:
        """Whether there is time left, and something that it is good for."""
        if self.effort.time_limit_seconds - (monotonic() - self.begun) < _WORTH_SECONDS:
            return False

        def again() -> bool:
            with self.database.session() as session:
                return pieces.go_on(session, self.claim.number)

        return patiently(again)

    def _hand_over(self) -> None:
        with self.database.session() as session:
            pieces.hand_over(session, self.claim)

    def _joined(self, joint: Joint) -> Plan:
        def read() -> tuple[Piece, ...]:
            with self.database.session() as session:
                return pieces.solved(session, self.claim.number)

        return joint.plan(
            patiently(read),
            seed=self.effort.seed,
            workers=self.effort.workers,
            time_limit_seconds=self.effort.time_limit_seconds,
            wall_seconds=monotonic() - self.begun,
        )
