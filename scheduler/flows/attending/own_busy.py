"""A representative's own busy time: events of theirs, of which planning sees start and end only."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, func, select

from calendars.account import Block, Condition, Item, Stored, Why, WriteRefused, block_of
from calendars.errors import BadCalendar
from calendars.spans import Span
from scheduler.db import calendar_writes
from scheduler.db.tables import Busy, BusyBlock
from scheduler.domain.sealing import Seal, SealBroken

AVAILABILITY = "beschikbaarheid"
"""The calendar in which a representative notes busy time, as the account's address calls it."""

SEALED_FOR = "busy block"
"""The purpose for which what people write there is sealed."""

_MOST_BLOCKS = 2_000
_BACK, _AHEAD = timedelta(days=30), timedelta(days=700)
_READ_ON = timedelta(days=400)


def busy_items(session: Session, representative_id: str, seal: Seal) -> list[Item]:
    """Their events, to the byte; for the person alone."""
    query = (
        select(BusyBlock)
        .where(BusyBlock.representative_id == representative_id)
        .order_by(BusyBlock.href)
    )
    return [_item(block, seal) for block in session.exec(query)]


def put_busy(
    session: Session,
    representative_id: str,
    href: str,
    content: bytes,
    condition: Condition,
    *,
    seal: Seal,
    at: datetime,
) -> Stored:
    """Keep an event, sealed, and the time that it takes.

    Raises:
        WriteRefused, BadCalendar: see `CalendarSource.put`.
    """
    block = block_of(content, _window(at))  # before the lock: a recurring one may take seconds
    number = calendar_writes.begin(session, representative_id, at=at)
    before = session.get(BusyBlock, (representative_id, href))
    condition.check(_item(before, seal).etag if before else None)
    _check_room(session, representative_id, href, block.uid, is_new=before is None)
    row = session.merge(_row(representative_id, href, seal.seal(content), block, at))
    _replace_spans(session, row, block.spans)
    calendar_writes.note(session, representative_id, AVAILABILITY, href, number=number)
    return Stored(created=before is None, etag=_item(row, seal).etag)


def delete_busy(
    session: Session,
    representative_id: str,
    href: str,
    condition: Condition,
    *,
    seal: Seal,
    at: datetime,
) -> None:
    """Forget an event, and that its time was taken.

    Raises:
        WriteRefused: see `CalendarSource.delete`.
    """
    number = calendar_writes.begin(session, representative_id, at=at)
    found = session.get(BusyBlock, (representative_id, href))
    condition.check(_item(found, seal).etag if found else None)
    if found is None:
        raise WriteRefused(Why.ABSENT)
    _replace_spans(session, found, ())
    session.delete(found)
    calendar_writes.note(session, representative_id, AVAILABILITY, href, number=number)


def read_on(session: Session, *, seal: Seal, at: datetime) -> int:
    """Read recurring events further, where what was read of them ends too soon; how many."""
    query = select(BusyBlock).where(col(BusyBlock.read_until) < at + _READ_ON)
    due = session.exec(query).all()
    for row in due:
        try:
            block = block_of(seal.open(row.content), _window(at))
        except (BadCalendar, WriteRefused, SealBroken):
            continue  # what was read before still holds; it is tried again with the next tick
        _replace_spans(session, row, block.spans)
        row.searched, row.ends_at, row.read_until = block.searched, block.ends_at, at + _AHEAD
    return len(due)


def _window(at: datetime) -> Span:
    return Span(at - _BACK, at + _AHEAD)


def _check_room(
    session: Session, representative_id: str, href: str, uid: str, *, is_new: bool
) -> None:
    own = select(BusyBlock).where(BusyBlock.representative_id == representative_id)
    twin = session.exec(own.where(BusyBlock.uid == uid, BusyBlock.href != href)).first()
    if twin:
        raise WriteRefused(Why.UID_TAKEN, twin.href)
    count = select(func.count()).select_from(BusyBlock)
    held = session.exec(count.where(col(BusyBlock.representative_id) == representative_id)).one()
    if is_new and held >= _MOST_BLOCKS:
        raise WriteRefused(Why.TOO_MANY)


def _row(
    representative_id: str, href: str, content: bytes, block: Block, at: datetime
) -> BusyBlock:
    return BusyBlock(
        representative_id=representative_id,
        href=href,
        uid=block.uid,
        content=content,
        searched=block.searched,
        starts_at=block.starts_at,
        ends_at=block.ends_at,
        written_at=at,
        read_until=at + _AHEAD if block.recurs else None,
    )


def _replace_spans(session: Session, row: BusyBlock, spans: Iterable[Span]) -> None:
    source = f"account/{row.href}"
    session.execute(
        delete(Busy).where(
            col(Busy.representative_id) == row.representative_id, col(Busy.source) == source
        )
    )
    session.add_all(
        Busy(
            representative_id=row.representative_id,
            source=source,
            starts_at=span.starts_at,
            ends_at=span.ends_at,
        )
        for span in spans
    )
    session.flush()


def _item(row: BusyBlock, seal: Seal) -> Item:
    content = seal.open(row.content)
    return Item(
        href=row.href,
        uid=row.uid,
        fragment=_within(content),
        whole=content,
        searched=row.searched,
        revised_at=row.written_at,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
    )


def _within(content: bytes) -> bytes:
    """What stands in the VCALENDAR besides its own properties, with whole line ends."""
    lines = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").split(b"\n")
    upper = [line.strip().upper() for line in lines]
    begin = next(n for n, line in enumerate(upper) if n and line.startswith(b"BEGIN:"))
    end = len(upper) - 1 - upper[::-1].index(b"END:VCALENDAR")
    return b"".join(line + b"\r\n" for line in lines[begin:end])
