"""Agenda items: added, changed, put in order, taken off and put back; nothing said is ever lost."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.db import audits, published
from scheduler.db.tables import AgendaItem
from scheduler.db.views import MeetingView
from scheduler.domain.access import Actor, body
from scheduler.domain.errors import NotAllowed, NotFound
from scheduler.domain.ids import new_id
from scheduler.flows.requests.request_reading import Reading
from scheduler.flows.requests.request_texts import read_text, read_title

MOST_ITEMS = 20
_ASIDE = 1_000
"""Where items stand while they change places, as two are never at one place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedItem:
    """An item as it was typed; `summary` in plain language, `question` to the tenants."""

    title: str = ""
    summary: str = ""
    question: str = ""


def writable_meeting(session: Session, actor: Actor, meeting_id: str) -> MeetingView:
    """A published meeting whose agenda is this actor's to write.

    Raises:
        NotFound: the meeting isn't there, or isn't this actor's to see.
        NotAllowed: it is, but its agenda isn't theirs.
    """
    meeting = published.published_meeting(session, actor, meeting_id)
    if not (actor.plans_for_all or actor == _asker(meeting)):
        raise NotAllowed
    return meeting


def may_write(actor: Actor, meeting: MeetingView) -> bool:
    """Whether the agenda of a meeting that the actor sees is theirs to write."""
    return actor.plans_for_all or actor == _asker(meeting)


def add_item(
    session: Session, actor: Actor, meeting_id: str, typed: TypedItem, *, at: datetime
) -> str:
    """Put an item at the end of the agenda; gives its identifier.

    Raises:
        NotFound, NotAllowed: as `writable_meeting`.
        BadRequest: a text can't be used, or there are too many items.
    """
    writable_meeting(session, actor, meeting_id)
    reading = Reading(at)
    texts = _read(typed, reading)
    rows = _rows(session, meeting_id)
    if len(rows) >= MOST_ITEMS:
        reading.fault(
            "title",
            f"Er staan al {MOST_ITEMS} punten op de agenda. Voeg er samen.",
            f"There are {MOST_ITEMS} items on the agenda already. Join some.",
        )
    reading.refuse()
    same = next((row for row in rows if _texts(row) == texts), None)
    if same is not None:  # the same form, sent twice
        return same.id
    row = AgendaItem(id=new_id("ag"), meeting_id=meeting_id, position=len(rows), title="")
    _write(row, texts)
    session.add(row)
    session.flush()
    _note(session, actor, "add item", row, at, after=texts)
    return row.id


def change_item(
    session: Session, actor: Actor, item_id: str, typed: TypedItem, *, at: datetime
) -> None:
    """Say otherwise what an item is about; the same words again change nothing.

    Raises:
        NotFound, NotAllowed: as `writable_meeting`.
        BadRequest: a text can't be used.
    """
    row = writable_item(session, actor, item_id)
    reading = Reading(at)
    texts = _read(typed, reading)
    reading.refuse()
    before = _texts(row)
    if texts == before:
        return
    _write(row, texts)
    session.flush()
    _note(session, actor, "change item", row, at, before=before, after=texts)


def move_item(session: Session, actor: Actor, item_id: str, steps: int, *, at: datetime) -> None:
    """Put an item so many places later (earlier where negative); at the ends it stays.

    Raises:
        NotFound, NotAllowed: as `writable_meeting`.
    """
    row = writable_item(session, actor, item_id)
    rows = _rows(session, row.meeting_id)
    there = [each.id for each in rows].index(row.id)
    wanted = min(max(0, there + steps), len(rows) - 1)
    if wanted == there:
        return
    rows.insert(wanted, rows.pop(there))
    _number(session, rows)
    _note(session, actor, "move item", row, at)


def remove_item(session: Session, actor: Actor, item_id: str, *, at: datetime) -> None:
    """Take an item off the agenda; what was said about it is kept, and comes back with it.

    Raises:
        NotFound, NotAllowed: as `writable_meeting`.
    """
    row = writable_item(session, actor, item_id)
    row.removed_at = at
    session.flush()
    _number(session, _rows(session, row.meeting_id))
    _note(session, actor, "remove item", row, at, before=_texts(row))


def restore_item(session: Session, actor: Actor, item_id: str, *, at: datetime) -> None:
    """Put an item back, at the end; one that is there already stays where it is.

    Raises:
        NotFound, NotAllowed: as `writable_meeting`.
    """
    row = session.get(AgendaItem, item_id)
    if row is None:
        raise NotFound("agendapunt", item_id)
    writable_meeting(session, actor, row.meeting_id)
    if row.removed_at is None:
        return
    row.position, row.removed_at = len(_rows(session, row.meeting_id)), None
    session.flush()
    _note(session, actor, "restore item", row, at, after=_texts(row))


def writable_item(session: Session, actor: Actor, item_id: str) -> AgendaItem:
    """An item on the agenda that is this actor's to write; errors as `writable_meeting`."""
    row = session.get(AgendaItem, item_id)
    if row is None or row.removed_at is not None:
        raise NotFound("agendapunt", item_id)
    writable_meeting(session, actor, row.meeting_id)
    return row


def _asker(meeting: MeetingView) -> Actor:
    town, landlord = meeting.municipality, meeting.corporation
    return body(meeting.level, town.id if town else None, landlord.id if landlord else None)


def _rows(session: Session, meeting_id: str) -> list[AgendaItem]:
    query = (
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting_id, col(AgendaItem.removed_at).is_(None))
        .order_by(col(AgendaItem.position))
    )
    return list(session.exec(query))


def _number(session: Session, rows: list[AgendaItem]) -> None:
    for first in (_ASIDE, 0):
        for position, row in enumerate(rows, start=first):
            row.position = position
        session.flush()


def _read(typed: TypedItem, reading: Reading) -> dict[str, str]:
    return {
        "title": read_title(typed.title, reading),
        "summary": read_text("summary", typed.summary, reading),
        "question": read_text("question", typed.question, reading),
    }


def _write(row: AgendaItem, texts: dict[str, str]) -> None:
    row.title, row.summary, row.question = texts["title"], texts["summary"], texts["question"]


def _texts(row: AgendaItem) -> dict[str, str]:
    return {"title": row.title, "summary": row.summary, "question": row.question}


def _note(
    session: Session,
    actor: Actor,
    act: str,
    row: AgendaItem,
    at: datetime,
    *,
    before: dict[str, str] | None = None,
    after: dict[str, str] | None = None,
) -> None:
    audits.record(
        session,
        actor,
        act,
        noun="agenda",
        noun_id=row.meeting_id,
        at=at,
        detail=row.title,
        before=before,
        after=after,
    )
