"""Where a body's software wants to be told what happened, and how that went."""

from datetime import datetime

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key, optional_instant
from scheduler.db.types import rule, words
from scheduler.domain.terms import DeliveryState, Role


class Webhook(Row, table=True):
    """One subscription: an address, and the kinds of events that are wanted; empty is all.

    What its messages are signed with is derived from the installation's key, never stored.
    """

    __tablename__ = "webhook"
    __table_args__ = (UniqueConstraint("role", "subject_id", "url"),)

    id: str = Field(primary_key=True)
    role: Role = Field(sa_type=words(Role))
    subject_id: str | None = Field(default=None, index=True)
    url: str
    kinds: list[str] = Field(sa_column=Column(JSON, nullable=False))
    created_at: datetime = instant()


class WebhookDelivery(Row, table=True):
    """One event for one subscriber: one row, so never two. `lease_until` frees a killed attempt."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        UniqueConstraint("webhook_id", "event_id"),
        rule("attempts", "attempts >= 0"),
        Index("ix_webhook_delivery_due", "state", "not_before"),
    )

    id: int = Field(default=None, primary_key=True)
    webhook_id: str = key("webhook.id")
    event_id: int = key("event.id")
    state: DeliveryState = Field(default=DeliveryState.WAITING, sa_type=words(DeliveryState))
    attempts: int = 0
    not_before: datetime = instant()
    lease_until: datetime | None = optional_instant()
    failure: str = ""
    delivered_at: datetime | None = optional_instant()
