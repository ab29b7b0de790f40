"""Reading when somebody's time is taken from a calendar of their own; nothing else is kept."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import timedelta

from sqlmodel import Session, select

from calendars.busy import HalfRead, NothingThere, Question, read_busy
from calendars.errors import CalendarError
from calendars.spans import Span, clipped, merged
from calendars.stores import BadAnswer, CalDavStore, Missing, Refused, StoreError
from scheduler.db.connections import forget_busy
from scheduler.db.tables import Busy
from scheduler.flows.calendar_builder import copied_entries
from scheduler.flows.outside.means import Means
from scheduler.flows.outside.open_address import fetch
from scheduler.flows.outside.target import Attempt, Target, held_row
from scheduler.flows.outside.telling import told, told_busy, told_half

_BACK = timedelta(days=1)
_BATCH = 50
_MOST_BYTES = 10 * 1024 * 1024


def read_in(means: Means, target: Target) -> Attempt:
    """Read the calendar; what can't be read leaves what was read before as it is."""
    try:
        data, token = _fetched(means, target)
        if data is None:
            return Attempt(said=told_busy(_kept(means, target)), token=token)
        reading = read_busy(data, _question(means, target))
    except HalfRead as error:
        _add(means, target, error.busy)
        return Attempt(said=told_half(error), is_half=True)
    except NothingThere as error:
        return Attempt(said=told(error), asks_if_empty=True)
    except StoreError as error:
        is_servers = not isinstance(error, Missing)
        return Attempt(said=told(error), error=error, server_error=error if is_servers else None)
    except CalendarError as error:
        return Attempt(said=told(error), error=BadAnswer(type(error).__name__))
    _replace(means, target, reading.busy)
    return Attempt(said=told_busy(len(reading.busy)), token=token, was_full=True)


def _fetched(means: Means, target: Target) -> tuple[bytes | None, str | None]:
    """The calendar, or None where it is as we saw it last; and the token of how it stands."""
    token = None if target.in_full else target.token
    if target.open_address:
        return fetch(target.open_address, means.guard, token)
    with closing(CalDavStore(target.url, target.login, means.guard, target.quirks)) as store:
        stands = _token(store)
        if stands is not None and stands == token and target.quirks.tells_bad_tokens:
            return None, stands
        return b"".join(_items(store, target)), stands


def _token(store: CalDavStore) -> str | None:
    try:
        return store.token()
    except (Refused, Missing):
        return None


def _items(store: CalDavStore, target: Target) -> Iterator[bytes]:
    """Every item; one that stands there and isn't given would look like free time."""
    names = [ref.href for ref in store.listing()]
    if not names and not target.is_meant_empty:
        raise NothingThere("the calendar holds no items")
    size = 0
    for start in range(0, len(names), _BATCH):
        batch = names[start : start + _BATCH]
        items = store.get(batch)
        if len(items) != len(batch):
            raise BadAnswer("the server keeps some of the items to itself")
        size += sum(len(item.body) for item in items)
        if size > _MOST_BYTES:
            raise BadAnswer("the calendar is larger than we read")
        yield from (item.body.rstrip() + b"\r\n" for item in items)
    if not names:
        yield b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-\r\nEND:VCALENDAR\r\n"


def _question(means: Means, target: Target) -> Question:
    with means.database.session() as session:
        ours = copied_entries(session, target.representative_id, means.base_url)
    name = target.login.name
    return Question(
        window=_window(means),
        addresses=frozenset({name} if "@" in name else ()),
        own_uids=frozenset(entry.uid for entry in ours),
        may_be_empty=target.is_meant_empty,
    )


def _window(means: Means) -> Span:
    at = means.clock()
    return Span(at - _BACK, at + means.busy_ahead)


def _replace(means: Means, target: Target, spans: Iterable[Span]) -> None:
    with means.database.session() as session:
        _put(session, target, spans)


def _add(means: Means, target: Target, spans: Iterable[Span]) -> None:
    """What could be read, on top of what was read before."""
    with means.database.session() as session:
        rows = session.exec(select(Busy).where(Busy.source == target.id))
        before = clipped([Span(row.starts_at, row.ends_at) for row in rows], _window(means))
        _put(session, target, merged([*before, *spans]))


def _put(session: Session, target: Target, spans: Iterable[Span]) -> None:
    row = held_row(session, target.id, target.holder)
    if row is None or not row.is_chosen:
        # Disconnected or switched off while we read.
        return
    forget_busy(session, [target.id])
    session.add_all(
        Busy(
            representative_id=target.representative_id,
            starts_at=span.starts_at,
            ends_at=span.ends_at,
            source=target.id,
        )
        for span in spans
    )


def _kept(means: Means, target: Target) -> int:
    with means.database.session() as session:
        return len(session.exec(select(Busy).where(Busy.source == target.id)).all())
