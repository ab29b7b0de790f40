"""Subscriptions to what happens: made, looked at and ended by a body's own software."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from sqlmodel import Session, col, func, select

from calendars.stores import Guard
from calendars.stores.errors import StoreError, Unreachable
from scheduler.db import audits
from scheduler.db.events import owned
from scheduler.db.tables import Webhook, WebhookDelivery
from scheduler.domain.access import Actor
from scheduler.domain.errors import BadInput, NotFound, Sentence
from scheduler.domain.ids import new_id
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import DeliveryState, EventKind
from scheduler.flows.requests.requesting import Asker

_MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookView:
    """A subscription, with how many messages wait and how many were given up."""

    id: str
    url: str
    kinds: tuple[EventKind, ...]
    created_at: datetime
    waiting: int
    failed: int
    secret: str = field(default="", repr=False)


def subscribe(
    session: Session,
    actor: Actor,
    url: str,
    kinds: Sequence[EventKind],
    *,
    key: SecretKey,
    guard: Guard,
    at: datetime,
) -> WebhookView:
    """Send a body's events to an address from now on; the secret is shown this once.

    Args:
        session: the session; the caller commits.
        actor: whose events; a body that asks.
        url: where to, with https.
        kinds: which events; none is all of them.
        key: what the secret is derived from.
        guard: which addresses may be gone to.
        at: the present instant.

    Raises:
        NotAllowed: the actor is no body that asks.
        BadInput: the address can't be used or is there already, or there are too many.
    """
    Asker.who_is(actor)
    _refuse(guard, url)
    rows = session.exec(select(Webhook).where(*owned(Webhook, actor))).all()
    if any(each.url == url for each in rows):
        raise BadInput(
            Sentence("Dit adres is er al.", "There is a webhook with this address already.")
        )
    if len(rows) >= _MOST:
        raise BadInput(
            Sentence(f"Er zijn al {_MOST} abonnementen.", f"There are {_MOST} webhooks already.")
        )
    row = Webhook(
        id=new_id("w"),
        role=actor.role,
        subject_id=actor.subject,
        url=url,
        kinds=sorted(set(kinds)),
        created_at=at,
    )
    session.add(row)
    audits.record(session, actor, "subscribe", noun="webhook", noun_id=row.id, at=at)
    session.flush()
    return _view(session, row, secret=secret_of(key, row.id))


def webhooks_of(session: Session, actor: Actor) -> tuple[WebhookView, ...]:
    """A body's subscriptions, by identifier, without their secrets."""
    rows = session.exec(select(Webhook).where(*owned(Webhook, actor)).order_by(Webhook.id))
    return tuple(_view(session, row) for row in rows.all())


def webhook_of(session: Session, actor: Actor, webhook_id: str) -> WebhookView:
    """One subscription; NotFound where it isn't there, or isn't this body's."""
    return _view(session, _row(session, actor, webhook_id))


def unsubscribe(session: Session, actor: Actor, webhook_id: str, *, at: datetime) -> None:
    """End a subscription, and forget what still waited for it; NotFound where there is none."""
    session.delete(_row(session, actor, webhook_id))
    audits.record(session, actor, "unsubscribe", noun="webhook", noun_id=webhook_id, at=at)
    session.flush()


def secret_of(key: SecretKey, webhook_id: str) -> str:
    """The secret as Standard Webhooks writes it: `whsec_` and base64."""
    return f"whsec_{base64.b64encode(key.webhook_secret(webhook_id)).decode('ascii')}"


def _refuse(guard: Guard, url: str) -> None:
    """Refuse what is no public web address; a name that isn't known yet may come to be."""
    try:
        guard.approve(url)
    except Unreachable:
        return
    except (StoreError, ValueError) as error:
        raise BadInput(
            Sentence(
                f"Naar dit adres sturen wij niets: {error}.",
                f"Nothing is sent to this address: {error}.",
            )
        ) from error
    if urlsplit(url).fragment:
        raise BadInput(Sentence("Het adres heeft een #.", "The address has a #."))


def _row(session: Session, actor: Actor, webhook_id: str) -> Webhook:
    row = session.exec(
        select(Webhook).where(*owned(Webhook, actor), Webhook.id == webhook_id)
    ).first()
    if row is None:
        raise NotFound("webhook", webhook_id)
    return row


def _view(session: Session, row: Webhook, secret: str = "") -> WebhookView:
    query = (
        select(WebhookDelivery.state, func.count())
        .where(WebhookDelivery.webhook_id == row.id)
        .group_by(col(WebhookDelivery.state))
    )
    counts = dict(session.exec(query).all())
    return WebhookView(
        id=row.id,
        url=row.url,
        kinds=tuple(EventKind(each) for each in row.kinds),
        created_at=row.created_at,
        waiting=counts.get(DeliveryState.WAITING, 0),
        failed=counts.get(DeliveryState.FAILED, 0),
        secret=secret,
    )
