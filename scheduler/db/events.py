"""Writing down what happened, for those who follow it by software: their webhooks' rows as well."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select, text

from scheduler.db.tables import Event, Webhook, WebhookDelivery
from scheduler.domain.access import Actor
from scheduler.domain.terms import EventKind, RequestState

_IN_ORDER = 5_051_906
"""The advisory lock of PostgreSQL under which events are numbered; any number of our own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What happened to which request or meeting, of which body; a request's state after it."""

    kind: EventKind
    owner: Actor
    request_id: str | None = None
    meeting_id: str | None = None
    state: RequestState | None = None


def note(session: Session, happened: Happened, *, at: datetime) -> None:
    """Keep an event, and a message for every subscriber of its body who wants to hear of it."""
    _number_in_order(session)
    owner = happened.owner
    event = Event(
        at=at,
        role=owner.role,
        subject_id=owner.subject,
        kind=happened.kind,
        request_id=happened.request_id,
        meeting_id=happened.meeting_id,
        state=happened.state,
    )
    session.add(event)
    session.flush()
    for webhook in session.exec(select(Webhook).where(*owned(Webhook, owner))):
        if not webhook.kinds or happened.kind in webhook.kinds:
            session.add(WebhookDelivery(webhook_id=webhook.id, event_id=event.id, not_before=at))


def since(session: Session, actor: Actor, cursor: int, *, most: int) -> tuple[Event, ...]:
    """The body's events after a cursor, in order; 0 is from the beginning."""
    query = (
        select(Event)
        .where(*owned(Event, actor), col(Event.id) > cursor)
        .order_by(col(Event.id))
        .limit(most)
    )
    return tuple(session.exec(query))


def owned(table: type[Event] | type[Webhook], actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """The rows of one body: nobody sees anybody else's, who plans for all neither."""
    return col(table.role) == actor.role, col(table.subject_id).is_not_distinct_from(actor.subject)


def _number_in_order(session: Session) -> None:
    """Let nobody number an event before ours is there: a cursor must not pass what comes later.

    SQLite has one writer at a time; PostgreSQL has to be asked for it.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _IN_ORDER})
