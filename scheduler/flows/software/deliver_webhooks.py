"""Deliver what happened to those who subscribed: claimed, signed, sent, and tried again.

A delivery is claimed with a lease before it is sent, and noted afterwards, so that a process that
dies in between leaves one that goes once more, under the same `webhook-id`. Signed as Standard
Webhooks says (standardwebhooks.com, version 1).
"""

import base64
import hmac
import json
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from calendars.stores import Guard
from calendars.stores.errors import StoreError
from calendars.stores.web import Bounds, Web
from scheduler.db.tables import Event, Webhook, WebhookDelivery
from scheduler.domain.access import Actor
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import DeliveryState

LEASE = timedelta(minutes=2)
"""Longer than an attempt can take."""

_BOUNDS = Bounds(megabytes=1, time=timedelta(seconds=10), redirects=0)
_FIRST_WAIT, _LONGEST_WAIT, _PATIENCE = timedelta(seconds=10), timedelta(hours=6), timedelta(days=3)
_MOST_DOUBLINGS, _CANDIDATES = 14, 10
_TAKEN = range(200, 300)
_GONE = 410


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A delivery that this process alone may send now, as its so many-th attempt."""

    id: int
    attempt: int
    began_at: datetime
    url: str
    body: bytes
    headers: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Taken:
    """Whether the subscriber took it, and if not, why, in a word or a status."""

    is_taken: bool
    reason: str = ""
    is_final: bool = False


def claim_delivery(
    session: Session, actor: Actor, key: SecretKey, *, at: datetime
) -> Message | None:
    """Claim the next delivery that is due, or None. Commit before sending it.

    Of one subscriber's deliveries only the oldest is due, so that they come in their order.
    """
    actor.must_plan_for_all()
    waiting = select(WebhookDelivery).where(
        WebhookDelivery.state == DeliveryState.WAITING,
        WebhookDelivery.not_before <= at,
        or_(col(WebhookDelivery.lease_until).is_(None), col(WebhookDelivery.lease_until) <= at),
        ~_earlier_waits(),
    )
    rows = session.exec(waiting.order_by(col(WebhookDelivery.not_before)).limit(_CANDIDATES))
    for row in rows.all():
        if _won(session, row, at):
            event = session.get_one(Event, row.event_id)
            webhook = session.get_one(Webhook, row.webhook_id)
            return _message(key, row, event, webhook, at)
    return None


def is_claimed(session: Session, actor: Actor, message: Message, *, at: datetime) -> bool:
    """Whether a delivery is still this attempt's to send."""
    actor.must_plan_for_all()
    query = select(WebhookDelivery.id).where(
        WebhookDelivery.id == message.id,
        WebhookDelivery.state == DeliveryState.WAITING,
        WebhookDelivery.attempts == message.attempt,
        col(WebhookDelivery.lease_until) > at,
    )
    return session.exec(query).first() is not None


def send_message(guard: Guard, message: Message) -> Taken:
    """Send it to where the guard lets us go; a redirect isn't followed, 410 ends its trying."""
    with closing(Web(guard, bounds=_BOUNDS)) as web:
        try:
            answer = web.request("POST", message.url, message.body, message.headers)
        except StoreError as error:
            return Taken(is_taken=False, reason=type(error).__name__)
    status = answer.status_code
    return Taken(status in _TAKEN, str(status), is_final=status == _GONE)


def note_delivery(
    session: Session,
    actor: Actor,
    message: Message,
    taken: Taken,
    *,
    at: datetime,
    chance: Callable[[], float],
) -> None:
    """Write down how it went; tried for three days, the waits twice as long each time, at random.

    Args:
        session: the session; the caller commits.
        actor: who delivers; must plan for all.
        message: the attempt; a later one than this isn't overruled.
        taken: what the subscriber made of it.
        at: the present instant.
        chance: draws from 0 up to 1, to spread attempts.
    """
    actor.must_plan_for_all()
    row = session.get(WebhookDelivery, message.id, populate_existing=True)
    if row is None or row.attempts != message.attempt:
        return
    row.lease_until, row.failure = None, "" if taken.is_taken else taken.reason
    if taken.is_taken:
        row.state, row.delivered_at = DeliveryState.DELIVERED, at
    elif taken.is_final or at - message.began_at >= _PATIENCE:
        row.state = DeliveryState.FAILED
    else:
        row.not_before = at + _wait(message.attempt, chance())


def signature(secret: bytes, message_id: str, timestamp: int, body: bytes) -> str:
    """What proves that it comes from us: `v1,` and the base64 of an HMAC-SHA-256."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    return f"v1,{base64.b64encode(hmac.digest(secret, signed, 'sha256')).decode('ascii')}"


def _wait(attempt: int, chance: float) -> timedelta:
    longest = min(_FIRST_WAIT * (1 << min(attempt, _MOST_DOUBLINGS)), _LONGEST_WAIT)
    return longest * (0.5 + chance / 2)


def _earlier_waits() -> ColumnElement[bool]:
    other = aliased(WebhookDelivery)
    return exists().where(
        col(other.webhook_id) == col(WebhookDelivery.webhook_id),
        col(other.event_id) < col(WebhookDelivery.event_id),
        col(other.state) == DeliveryState.WAITING,
    )


def _won(session: Session, row: WebhookDelivery, at: datetime) -> bool:
    claimed = session.exec(
        update(WebhookDelivery)
        .where(
            col(WebhookDelivery.id) == row.id,
            col(WebhookDelivery.attempts) == row.attempts,
            col(WebhookDelivery.state) == DeliveryState.WAITING,
        )
        .values(attempts=row.attempts + 1, lease_until=at + LEASE)
        .execution_options(synchronize_session=False)
    )
    return bool(claimed.rowcount == 1)


def _message(
    key: SecretKey, row: WebhookDelivery, event: Event, webhook: Webhook, at: datetime
) -> Message:
    content = {
        "type": event.kind.value,
        "timestamp": event.at.isoformat().replace("+00:00", "Z"),
        "data": {
            "cursor": event.id,
            "requestId": event.request_id,
            "meetingId": event.meeting_id,
            "state": event.state.value if event.state else None,
        },
    }
    body = json.dumps(content, separators=(",", ":")).encode()
    name, timestamp = f"msg-{webhook.id}-{event.id}", int(at.timestamp())
    return Message(
        id=row.id,
        attempt=row.attempts + 1,
        began_at=event.at,
        url=webhook.url,
        body=body,
        headers={
            "Content-Type": "application/json",
            "User-Agent": "Aan-Tafel-Webhooks/1",
            "webhook-id": name,
            "webhook-timestamp": str(timestamp),
            # One for each key: a subscriber that knows an earlier secret finds its own among them.
            "webhook-signature": " ".join(
                signature(each.webhook_secret(webhook.id), name, timestamp, body)
                for each in key.versions
            ),
        },
    )
