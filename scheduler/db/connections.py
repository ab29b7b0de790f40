"""Connections to calendars elsewhere, as far as the asking actor may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from scheduler.db.tables import Busy, ConnectedCalendar, Connection, KnownCopy, Representative
from scheduler.db.views import Named
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound, Sentence
from scheduler.domain.terms import CalendarUse, DeliveryPhase, Role

_PAUSED = Sentence(
    "Deze koppeling staat stil. Wat wij eerder lazen, blijft gelden.",
    "This connection is paused. What we read before remains in force.",
)
_NOT_YET = Sentence("Wij gaan er zo naar kijken.", "We are about to have a look.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarView:
    """One calendar of a connection; `said` is how it stands, in words.

    `asks_if_empty`: one side is empty, and its owner is asked whether that is meant so.

    """

    id: str
    use: CalendarUse
    name: str
    is_chosen: bool
    asks_if_empty: bool
    phase: DeliveryPhase
    said: Sentence
    tried_at: datetime | None
    failing_since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionView:
    """A connection and how it stands; `address` and `username` are shown to its owner only."""

    id: str
    owner: Named
    address: str
    username: str
    server: str
    paused: bool
    calendars: tuple[CalendarView, ...]

    @property
    def writes(self) -> bool:
        """Whether our meetings are written there."""
        return any(each.use is CalendarUse.WRITE and each.is_chosen for each in self.calendars)

    @property
    def for_reading(self) -> tuple[CalendarView, ...]:
        """The calendars whose taken time may be read."""
        return tuple(each for each in self.calendars if each.use is CalendarUse.BUSY)

    @property
    def in_use(self) -> tuple[CalendarView, ...]:
        """The calendars that were chosen."""
        return tuple(each for each in self.calendars if each.is_chosen)

    @property
    def needs_password(self) -> bool:
        """Whether the server no longer takes the password."""
        return any(each.phase is DeliveryPhase.PAUSED for each in self.in_use)

    @property
    def is_stuck(self) -> bool:
        """Whether something waits until somebody acts."""
        stuck = {DeliveryPhase.PARKED, DeliveryPhase.DEAD}
        return any(each.phase in stuck for each in self.in_use)


def _is(actor: Actor, representative_id: str) -> bool:
    return actor == Actor(Role.REPRESENTATIVE, representative_id)


def _may_see(actor: Actor, representative_id: str) -> bool:
    return actor.plans_for_all or _is(actor, representative_id)


def must_own(session: Session, actor: Actor, representative_id: str) -> None:
    """NotFound unless there is this representative, and the actor is it or plans for all."""
    if (
        not _may_see(actor, representative_id)
        or session.get(Representative, representative_id) is None
    ):
        raise NotFound("afgevaardigde", representative_id)


def connections(
    session: Session, actor: Actor, representative_id: str | None = None
) -> tuple[ConnectionView, ...]:
    """Somebody's connections, or for who plans for all those of everybody, by owner."""
    if representative_id is None:
        actor.must_plan_for_all()
    else:
        must_own(session, actor, representative_id)
    query = (
        select(Connection, Representative)
        .join(Representative)
        .order_by(Representative.id, col(Connection.created_at), Connection.id)
    )
    if representative_id is not None:
        query = query.where(Connection.representative_id == representative_id)
    return tuple(_view(session, actor, row, owner) for row, owner in session.exec(query))


def connection(session: Session, actor: Actor, connection_id: str) -> Connection:
    """The row of one connection; NotFound where it isn't the actor's."""
    found = session.get(Connection, connection_id)
    if found is None or not _may_see(actor, found.representative_id):
        raise NotFound("koppeling", connection_id)
    return found


def calendars_of(session: Session, connection_id: str) -> tuple[ConnectedCalendar, ...]:
    """The rows of a connection's calendars: ours first, then by name."""
    query = (
        select(ConnectedCalendar)
        .where(ConnectedCalendar.connection_id == connection_id)
        .order_by(col(ConnectedCalendar.use).desc(), ConnectedCalendar.name, ConnectedCalendar.id)
    )
    return tuple(session.exec(query))


def forget_busy(session: Session, calendar_ids: Iterable[str]) -> None:
    """Remove the taken time that was read from these calendars."""
    session.exec(delete(Busy).where(col(Busy.source).in_(list(calendar_ids))))


def forget_copies(session: Session, calendar_id: str) -> None:
    """Forget every copy in a calendar that is gone as a whole."""
    session.exec(delete(KnownCopy).where(col(KnownCopy.calendar_id) == calendar_id))


def _view(session: Session, actor: Actor, row: Connection, owner: Representative) -> ConnectionView:
    own = _is(actor, row.representative_id)
    return ConnectionView(
        id=row.id,
        owner=Named(owner.id, owner.label),
        address=row.address if own else "",
        username=row.username if own else "",
        server=row.server,
        paused=row.paused,
        calendars=tuple(_calendar(row, each) for each in calendars_of(session, row.id)),
    )


def standing(connection_row: Connection, row: ConnectedCalendar) -> Sentence:
    """How a calendar stands, in words for its owner and the coordinator."""
    if connection_row.paused:
        return _PAUSED
    return Sentence(row.said_nl, row.said_en) if row.said_nl else _NOT_YET


def _calendar(connection_row: Connection, row: ConnectedCalendar) -> CalendarView:
    return CalendarView(
        id=row.id,
        use=CalendarUse(row.use),
        name=row.name,
        is_chosen=row.is_chosen,
        asks_if_empty=row.asks_if_empty,
        phase=DeliveryPhase(row.phase),
        said=standing(connection_row, row),
        tried_at=row.tried_at,
        failing_since=row.failing_since,
    )
