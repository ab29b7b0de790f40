"""Ways in: feeds, CalDAV accounts, sign-in links and sessions. Secrets are kept as hashes only."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key, optional_instant
from scheduler.db.types import rule, words
from scheduler.domain.terms import FeedKind, Role


class Feed(Row, table=True):
    """A calendar subscription. Its token is derived from the secret key, the feed and the issue.

    What its owner chose to see: reminders, meetings as deputy, meetings without a yes, for a while
    cancelled ones, and deadlines. With `revoked_at` it has no address until it gets a new one.
    """

    __tablename__ = "feed"
    __table_args__ = (UniqueConstraint("kind", "subject_id"), rule("issue", "issue >= 1"))

    id: str = Field(primary_key=True)
    kind: FeedKind = Field(sa_type=words(FeedKind))
    subject_id: str
    issue: int = 1
    created_at: datetime = instant()
    last_fetched_at: datetime | None = optional_instant()
    last_client: str = ""
    alarms: bool = False
    deputyships: bool = True
    unanswered: bool = True
    cancelled: bool = True
    deadlines: bool = False
    chosen_at: datetime | None = optional_instant()
    revoked_at: datetime | None = optional_instant()


class FeedToken(Row, table=True):
    """The hash of a feed's token, of this issue or an earlier one that has been withdrawn."""

    __tablename__ = "feed_token"

    token_hash: str = Field(primary_key=True)
    feed_id: str = key("feed.id")
    revoked_at: datetime | None = optional_instant()


class Account(Row, table=True):
    """A representative's CalDAV account: one app password per device; used by `last_client`."""

    __tablename__ = "account"

    id: str = Field(primary_key=True)
    representative_id: str = key("representative.id")
    username: str = Field(index=True)
    password_hash: str = Field(unique=True)
    created_at: datetime = instant()
    last_used_at: datetime | None = optional_instant()
    last_client: str = ""
    revoked_at: datetime | None = optional_instant()


class SignInLink(Row, table=True):
    """A link that signs its holder in; on loopback, in the demo, more than once.

    `member_id` is the mail address of the board member to whom it was mailed.
    """

    __tablename__ = "sign_in_link"

    token_hash: str = Field(primary_key=True)
    role: Role = Field(sa_type=words(Role))
    subject_id: str | None = None
    member_id: str = ""
    expires_at: datetime = instant()
    used_at: datetime | None = optional_instant()
    reusable: bool = False
    loopback_only: bool = True


class Session(Row, table=True):
    """A signed-in browser; `member_id` says which board member it is, where that is known."""

    __tablename__ = "session"

    token_hash: str = Field(primary_key=True)
    role: Role = Field(sa_type=words(Role))
    subject_id: str | None = None
    member_id: str = ""
    created_at: datetime = instant()
    expires_at: datetime = instant(index=True)
