"""When to try again: pure decisions from what happened, for one delivery and for one server."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from calendars.stores import (
    BadAnswer,
    Busy,
    Forbidden,
    Full,
    Missing,
    Refused,
    StoreError,
    UidTaken,
    Unauthorised,
    Unreachable,
)
from calendars.sync.run import Contended, Report


class Outcome(StrEnum):
    """What came of an attempt, by what has to happen next."""

    DONE = "done"
    AGAIN = "again"  # no answer, a fault of the server's, or a race: it will pass
    SLOWER = "slower"  # too many requests
    SIGN_IN = "sign-in"  # 401: only the account's owner can help
    NO_ROOM_OR_RIGHT = "no-room-or-right"  # 403, 404 of the calendar, 507: somebody has to act
    USELESS = "useless"  # 400, 415: the request is wrong and stays wrong


class Phase(StrEnum):
    """Where a delivery stands."""

    READY = "ready"
    WAITING = "waiting"
    PAUSED = "paused"  # until the account is signed in again
    PARKED = "parked"  # until somebody has made room or given the right
    DEAD = "dead"  # kept for whoever mends the cause


_OUTCOMES: tuple[tuple[type[StoreError], Outcome], ...] = (
    (Busy, Outcome.SLOWER),
    (Unreachable, Outcome.AGAIN),
    (Contended, Outcome.AGAIN),
    (Unauthorised, Outcome.SIGN_IN),
    (Forbidden, Outcome.NO_ROOM_OR_RIGHT),
    (Full, Outcome.NO_ROOM_OR_RIGHT),
    (Missing, Outcome.NO_ROOM_OR_RIGHT),
    (UidTaken, Outcome.NO_ROOM_OR_RIGHT),
    (Refused, Outcome.USELESS),
    (BadAnswer, Outcome.AGAIN),
)
_RESTING = {
    Outcome.SIGN_IN: Phase.PAUSED,
    Outcome.NO_ROOM_OR_RIGHT: Phase.PARKED,
    Outcome.USELESS: Phase.DEAD,
}


def outcome_of(error: StoreError | None) -> Outcome:
    """What an error, or none, means for the next attempt."""
    if error is None:
        return Outcome.DONE
    return next((out for kind, out in _OUTCOMES if isinstance(error, kind)), Outcome.AGAIN)


def weightiest(report: Report) -> StoreError | None:
    """Of all that failed in a run, what decides on the next one: why it stopped, if it did.

    Else an error that will pass, so that it is tried again; only then the others.
    """
    if report.stopped:
        return report.stopped
    errors = [error for _, error in report.failed]
    passing = [error for error in errors if outcome_of(error) is Outcome.AGAIN]
    return next(iter(passing or errors), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """How long to wait: full jitter under a ceiling that doubles from `first` to `longest`.

    A server's own Retry-After wins, up to `patience`. After `alarm_after` somebody is told.
    """

    first: timedelta = timedelta(seconds=1)
    longest: timedelta = timedelta(hours=1)
    patience: timedelta = timedelta(hours=6)
    alarm_after: timedelta = timedelta(hours=24)

    def wait(self, attempts: int, retry_after: timedelta | None, random: Random) -> timedelta:
        """The wait after this many failed attempts in a row (1 or more)."""
        if retry_after is not None:
            return max(timedelta(), min(retry_after, self.patience))
        ceiling = min(self.longest, self.first * (1 << min(attempts - 1, 20)))
        return max(self.first, ceiling * random.random())


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Where one delivery stands; `attempts` failed in a row, the first of them at `since`."""

    phase: Phase = Phase.READY
    attempts: int = 0
    not_before: datetime | None = None
    since: datetime | None = None

    def due(self, now: datetime) -> bool:
        """Whether to try now."""
        if self.phase is not Phase.WAITING or self.not_before is None:
            return self.phase is Phase.READY
        return self.not_before <= now

    def alarming(self, now: datetime, backoff: Backoff) -> bool:
        """Whether it has failed for so long that somebody has to know."""
        return self.since is not None and now - self.since >= backoff.alarm_after

    def after(
        self, error: StoreError | None, now: datetime, backoff: Backoff, random: Random
    ) -> "Delivery":
        """Where it stands after an attempt at `now`."""
        outcome = outcome_of(error)
        if outcome is Outcome.DONE:
            return Delivery()
        failed = replace(self, attempts=self.attempts + 1, since=self.since or now)
        if outcome in _RESTING:
            return replace(failed, phase=_RESTING[outcome], not_before=None)
        asked = error.retry_after if isinstance(error, Busy) else None
        wait = backoff.wait(failed.attempts, asked, random)
        return replace(failed, phase=Phase.WAITING, not_before=now + wait)

    def resumed(self) -> "Delivery":
        """Ready again, because somebody has removed the cause."""
        return Delivery()


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaker:
    """Keeps all deliveries away from a server in trouble.

    After `threshold` failures in a row it opens for `rest`, then lets one try through; each
    further failure doubles the rest, up to `longest_rest`.
    """

    threshold: int = 5
    rest: timedelta = timedelta(minutes=1)
    longest_rest: timedelta = timedelta(hours=1)
    failures: int = 0
    open_until: datetime | None = None

    def allows(self, now: datetime) -> bool:
        """Whether the server may be asked now."""
        return self.open_until is None or self.open_until <= now

    def after(self, error: StoreError | None, now: datetime) -> "Breaker":
        """How it stands after a request; only troubles of the server itself count."""
        outcome = outcome_of(error)
        if outcome not in (Outcome.AGAIN, Outcome.SLOWER) or isinstance(error, Contended):
            return replace(self, failures=0, open_until=None)
        failures = self.failures + 1
        if failures < self.threshold:
            return replace(self, failures=failures)
        rest = min(self.longest_rest, self.rest * (1 << min(failures - self.threshold, 20)))
        if isinstance(error, Busy) and error.retry_after:
            rest = max(rest, error.retry_after)
        return replace(self, failures=failures, open_until=now + rest)
