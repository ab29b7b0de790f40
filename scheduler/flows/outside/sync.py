"""Visiting every calendar elsewhere that is due: one after the other for each server."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlmodel import Session

from scheduler.db import published
from scheduler.db.connections import standing
from scheduler.db.tables import ConnectedCalendar, Connection, Representative
from scheduler.domain.errors import Sentence
from scheduler.domain.sealing import SealBroken
from scheduler.domain.terms import CalendarUse, DeliveryPhase
from scheduler.flows.outside import target as targets
from scheduler.flows.outside.means import Means
from scheduler.flows.outside.read_in import read_in
from scheduler.flows.outside.target import Attempt, Target
from scheduler.flows.outside.write_out import write_out

_SERVERS_AT_ONCE = 4
ShouldStop = Callable[[], bool]


class SyncState(StrEnum):
    """How it stands with one calendar."""

    NEW = "new"  # never visited yet
    DONE = "done"
    HALF_READ = "half-read"  # what could not be read counts as it did before
    ASKS = "asks"  # its owner has to say whether an empty side is meant so
    WAITING = "waiting"
    PAUSED = "paused"
    PARKED = "parked"
    DEAD = "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of one calendar; `is_done` where it is now as it should be.

    `state` is one word for how it stands. `will_pass` says that it is tried again by itself, soon.
    """

    calendar_id: str
    representative_id: str
    label: str
    use: CalendarUse
    said: Sentence
    state: SyncState
    will_pass: bool

    @property
    def is_done(self) -> bool:
        """Whether it is now as it should be, as far as anybody can tell."""
        return self.state is SyncState.DONE


def never() -> bool:
    """The answer of who never wants to stop."""
    return False


def sync_calendars(
    means: Means, *, asked_for: bool = False, should_stop: ShouldStop = never
) -> tuple[Result, ...]:
    """Visit what is due, and say what came of each; waits and pauses hold in any case.

    `asked_for`: somebody asks, so calendars in which nothing of ours changed are visited too.
    Between two calendars it may be stopped; a visit that is broken off is made up by the next.
    """
    with means.database.session() as session:
        newest = published.newest(session)
        number = newest.number if newest else 0
        poll = timedelta() if asked_for else means.poll
        names = targets.due(session, number, means.clock(), poll)
        groups = targets.by_server(session, names)
    if not groups:
        return ()
    with ThreadPoolExecutor(max_workers=min(_SERVERS_AT_ONCE, len(groups))) as pool:
        done = pool.map(lambda group: _in_turn(means, group, number, should_stop), groups)
        found = {result.calendar_id: result for results in done for result in results}
    return tuple(found[name] for name in names if name in found)


def standing_of_all(means: Means) -> tuple[Result, ...]:
    """How each calendar that is in use stands now, visited or not."""
    with means.database.session() as session:
        found = (_result(session, name) for name in targets.in_use(session))
        return tuple(result for result in found if result is not None)


def _in_turn(
    means: Means, names: Iterable[str], number: int, should_stop: ShouldStop
) -> list[Result]:
    visits = (_visit(means, name, number) for name in names if not should_stop())
    return [result for result in visits if result is not None]


def _visit(means: Means, name: str, number: int) -> Result | None:
    """One calendar; None where somebody else is at it, or its server is left alone."""
    with means.database.session() as session:
        visit = targets.claim(session, name, means.clock())
    if not visit:
        return None
    try:
        with means.database.session() as session:
            target = targets.take_up(session, means, name, visit, number)
            if targets.is_left_alone(session, target, means.clock()):
                targets.let_go(session, name)
                return None
        attempt = _attempted(means, target)
        with means.database.session() as session:
            targets.settle(session, means, target, attempt)
    except targets.Overtaken:
        return None
    except SealBroken as error:
        with means.database.session() as session:
            targets.give_up(session, name, error.sentences[0], means.clock())
    with means.database.session() as session:
        return _result(session, name)


def _attempted(means: Means, target: Target) -> Attempt:
    return write_out(means, target) if target.use is CalendarUse.WRITE else read_in(means, target)


def _result(session: Session, name: str) -> Result | None:
    row = session.get(ConnectedCalendar, name)
    if row is None:
        # Disconnected while we were at it.
        return None
    connection = session.get_one(Connection, row.connection_id)
    return Result(
        calendar_id=name,
        representative_id=connection.representative_id,
        label=session.get_one(Representative, connection.representative_id).label,
        use=CalendarUse(row.use),
        said=standing(connection, row),
        state=_state(row),
        will_pass=row.phase is DeliveryPhase.WAITING and not connection.paused,
    )


def _state(row: ConnectedCalendar) -> SyncState:
    if row.phase is not DeliveryPhase.READY:
        return SyncState(row.phase.value)
    if row.asks_if_empty:
        return SyncState.ASKS
    if row.is_half_read:
        return SyncState.HALF_READ
    return SyncState.DONE if row.said_nl else SyncState.NEW
