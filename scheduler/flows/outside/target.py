"""One calendar elsewhere as a run takes it up, and what a run leaves behind."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlmodel import Session, col, select, update

from calendars.stores import Login, StoreError, Unauthorised
from calendars.stores.quirks import KNOWN, UNKNOWN, Quirks
from calendars.sync import Backoff, Breaker, Delivery, Phase
from scheduler.db.tables import CalendarServer, ConnectedCalendar, Connection
from scheduler.domain.errors import Sentence
from scheduler.domain.terms import CalendarUse, DeliveryPhase
from scheduler.flows.outside.holder import holder, is_alive
from scheduler.flows.outside.means import Means

LEASE = timedelta(minutes=2)
FULL_AFTER = timedelta(days=1)
_PARKED_AGAIN = timedelta(days=1)
_BACKOFF = Backoff()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A calendar with all that a visit needs, read once: a visit holds no session.

    Attributes:
        holder: the visit's own name; whoever comes later has another, and what this one says then
            counts no more.
        open_address: the secret address of an open .ics calendar; empty for an account.
        in_full: whether a comparison in full is due.
        publication: the newest one's number, which the visit is to bring there.
    """

    id: str
    holder: str
    connection_id: str
    representative_id: str
    use: CalendarUse
    url: str
    home: str
    quirks: Quirks
    login: Login
    open_address: str
    delivery: Delivery
    is_meant_empty: bool
    in_full: bool
    token: str | None
    publication: int

    @property
    def origin(self) -> str:
        """The server that answers there."""
        parts = urlsplit(self.open_address or self.url or self.home)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What a visit came to.

    Attributes:
        error: what keeps it from being done; None where it is done.
        server_error: the same where it is the server's trouble, and nobody else's.
        asks_if_empty: whether its owner has to say that an empty side is meant so.
        token: to keep for the next visit.
        was_full: whether everything was compared.
        is_half: whether some of what stands there could not be read.
    """

    said: Sentence
    error: StoreError | None = None
    server_error: StoreError | None = None
    asks_if_empty: bool = False
    token: str | None = None
    was_full: bool = False
    is_half: bool = False


def due(session: Session, newest: int, at: datetime, poll: timedelta) -> list[str]:
    """The calendars that are to be visited, by identifier."""
    query = (
        select(ConnectedCalendar)
        .join(Connection)
        .where(col(ConnectedCalendar.is_chosen), col(Connection.paused).is_(False))
        .order_by(Connection.representative_id, ConnectedCalendar.id)
    )
    return [row.id for row in session.exec(query) if _is_due(row, newest, at, poll)]


def in_use(session: Session) -> list[str]:
    """Every calendar that was chosen, by owner; also where its connection is paused."""
    query = (
        select(ConnectedCalendar.id)
        .join(Connection)
        .where(col(ConnectedCalendar.is_chosen))
        .order_by(Connection.representative_id, ConnectedCalendar.id)
    )
    return list(session.exec(query))


def by_server(session: Session, names: Iterable[str]) -> list[list[str]]:
    """The calendars in groups, one for each server, which is asked one thing at a time."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        row = session.get_one(ConnectedCalendar, name)
        connection = session.get_one(Connection, row.connection_id)
        groups[urlsplit(connection.home).netloc or connection.address].append(name)
    return list(groups.values())


def _is_due(row: ConnectedCalendar, newest: int, at: datetime, poll: timedelta) -> bool:
    if row.phase is DeliveryPhase.PARKED:
        return _parked_again(row, at)
    if not delivery_of(row).due(at):
        return False
    if row.tried_at is None or row.phase is DeliveryPhase.WAITING:
        return True
    # While its owner is asked whether an empty side is meant so, nothing new is written.
    is_news = not row.asks_if_empty and row.use is CalendarUse.WRITE and row.publication != newest
    return is_news or at - row.tried_at >= poll


def _parked_again(row: ConnectedCalendar, at: datetime) -> bool:
    """Once a day: room may have been made. Not where our calendar was taken away as a whole."""
    is_gone = row.use is CalendarUse.WRITE and not row.url
    return not is_gone and row.tried_at is not None and at - row.tried_at >= _PARKED_AGAIN


def delivery_of(row: ConnectedCalendar) -> Delivery:
    """Where it stands, in the words of the library."""
    return Delivery(
        phase=Phase(row.phase.value),
        attempts=row.attempts,
        not_before=row.not_before,
        since=row.failing_since,
    )


class Overtaken(Exception):
    """Another visit has taken the calendar over: what this one has to say counts no more."""


def claim(session: Session, calendar_id: str, at: datetime) -> str:
    """Take it up; the visit's name, empty where another is at work or its password was wrong."""
    row = session.get(ConnectedCalendar, calendar_id)
    if row is None or row.phase is DeliveryPhase.PAUSED:
        return ""
    if row.lease_until is not None and row.lease_until > at and is_alive(row.lease_holder):
        return ""
    visit = holder()
    taken = session.exec(
        update(ConnectedCalendar)
        .where(
            col(ConnectedCalendar.id) == calendar_id,
            # Unless somebody else took it since it was read.
            col(ConnectedCalendar.lease_until).is_not_distinct_from(row.lease_until),
            col(ConnectedCalendar.lease_holder) == row.lease_holder,
        )
        .values(lease_until=at + LEASE, lease_holder=visit)
    )
    return visit if taken.rowcount else ""


def take_up(session: Session, means: Means, calendar_id: str, visit: str, newest: int) -> Target:
    """Read all that a visit needs.

    Raises:
        SealBroken: the password was sealed with another key.
    """
    row = session.get_one(ConnectedCalendar, calendar_id)
    connection = session.get_one(Connection, row.connection_id)
    secret = means.seal.open(connection.sealed_secret).decode()
    compared = row.compared_at
    return Target(
        id=row.id,
        holder=visit,
        connection_id=connection.id,
        representative_id=connection.representative_id,
        use=CalendarUse(row.use),
        url=row.url,
        home=connection.home,
        quirks=next((kind for kind in KNOWN if kind.name == connection.server), UNKNOWN),
        login=Login(name=connection.username, password=secret if connection.username else ""),
        open_address="" if connection.username else secret,
        delivery=delivery_of(row),
        is_meant_empty=row.is_meant_empty,
        in_full=compared is None or means.clock() - compared >= FULL_AFTER,
        token=row.token,
        publication=newest,
    )


def settle(session: Session, means: Means, target: Target, attempt: Attempt) -> None:
    """Write down what came of a visit, and let go of the calendar.

    Raises:
        Overtaken: another visit has begun, because this one wasn't heard of.
    """
    row = held_row(session, target.id, target.holder)
    if row is None:
        # Disconnected in the meantime.
        return
    at = means.clock()
    _put(row, target.delivery.after(attempt.error, at, _BACKOFF, means.random))
    row.said_nl, row.said_en = attempt.said.nl, attempt.said.en
    row.asks_if_empty, row.is_half_read = attempt.asks_if_empty, attempt.is_half
    row.tried_at, row.lease_until = at, None
    if attempt.error is None and not attempt.asks_if_empty:
        _succeed(row, target, attempt, at)
    if isinstance(attempt.error, Unauthorised):
        _pause_all(session, target)
    _note_server(session, target, attempt, at)


def held_row(session: Session, calendar_id: str, visit: str) -> ConnectedCalendar | None:
    """The calendar's row, locked until the commit; None where it was disconnected.

    Raises:
        Overtaken: another visit has begun.
    """
    row = session.get(ConnectedCalendar, calendar_id, with_for_update=True, populate_existing=True)
    if row is not None and row.lease_holder != visit:
        raise Overtaken
    return row


def _succeed(row: ConnectedCalendar, target: Target, attempt: Attempt, at: datetime) -> None:
    row.succeeded_at, row.publication = at, target.publication
    if attempt.was_full:
        row.compared_at = at
    if target.use is CalendarUse.BUSY:
        row.token = attempt.token
    else:
        # Said for this once; of a calendar that is read it stays true.
        row.is_meant_empty = False


def _put(row: ConnectedCalendar, delivery: Delivery) -> None:
    row.phase = DeliveryPhase(delivery.phase.value)
    row.attempts, row.not_before = delivery.attempts, delivery.not_before
    row.failing_since = delivery.since


def _pause_all(session: Session, target: Target) -> None:
    """The same password opens them all: trying each may lock the account."""
    session.exec(
        update(ConnectedCalendar)
        .where(
            col(ConnectedCalendar.connection_id) == target.connection_id,
            col(ConnectedCalendar.is_chosen),
        )
        .values(phase=DeliveryPhase.PAUSED, not_before=None)
    )


def let_go(session: Session, calendar_id: str) -> None:
    """Leave it for another time."""
    session.get_one(ConnectedCalendar, calendar_id).lease_until = None


def give_up(session: Session, calendar_id: str, said: Sentence, at: datetime) -> None:
    """Nothing can be done with it until somebody has mended our own side."""
    row = session.get_one(ConnectedCalendar, calendar_id)
    row.phase, row.said_nl, row.said_en = DeliveryPhase.DEAD, said.nl, said.en
    row.tried_at, row.lease_until = at, None


def is_left_alone(session: Session, target: Target, at: datetime) -> bool:
    """Whether the server is in trouble and has to be left alone for now."""
    row = session.get(CalendarServer, target.origin)
    return row is not None and not _breaker(row).allows(at)


def _note_server(session: Session, target: Target, attempt: Attempt, at: datetime) -> None:
    row = session.get(CalendarServer, target.origin) or CalendarServer(origin=target.origin)
    after = _breaker(row).after(attempt.server_error, at)
    row.failures, row.open_until = after.failures, after.open_until
    session.add(row)


def _breaker(row: CalendarServer) -> Breaker:
    return replace(Breaker(), failures=row.failures, open_until=row.open_until)


def resume(row: ConnectedCalendar) -> None:
    """Ready again, because somebody has removed the cause."""
    _put(row, delivery_of(row).resumed())
    row.asks_if_empty = False
