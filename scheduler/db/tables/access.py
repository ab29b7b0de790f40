"""Ways in: feeds, CalDAV accounts, sign-in links and sessions. Secrets are kept as hashes only."""

from datetime import datetime

from sqlalchemy import LargeBinary, UniqueConstraint
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


class SignInAsk(Row, table=True):
    """Somebody asked to be mailed a link, whether or not anybody uses the address: the same row.

    The clock looks whose it is, so that the answer in the browser can't tell. `browser_hash` is of
    a cookie of the browser that asked: the link works in no other.
    """

    __tablename__ = "sign_in_ask"

    id: int = Field(default=None, primary_key=True)
    sealed: bytes = Field(sa_type=LargeBinary)
    fingerprint: str = Field(index=True)
    browser_hash: str
    asked_at: datetime = instant(index=True)
    handled_at: datetime | None = optional_instant()


class SignInPace(Row, table=True):
    """How soon one network address may ask for a link again, whichever process it asks.

    `origin` is a keyed digest of the address. `spent_until`, in seconds since 1970 (UTC), is when
    all that was asked will have been made up for; after that the row says nothing any more.
    """

    __tablename__ = "sign_in_pace"

    origin: str = Field(primary_key=True)
    spent_until: float = Field(index=True)


class SignInLink(Row, table=True):
    """A link that signs its holder in; on loopback, in the demo, more than once.

    With `browser_hash` it works only in the browser that asked for it. `staff_id` says which of
    those who share a role it is for, and `member_id` to which board member's address it went.
    """

    __tablename__ = "sign_in_link"

    token_hash: str = Field(primary_key=True)
    role: Role = Field(sa_type=words(Role))
    subject_id: str | None = None
    member_id: str = ""
    staff_id: str | None = key("staff.id", default=None)
    browser_hash: str | None = None
    expires_at: datetime = instant()
    used_at: datetime | None = optional_instant()
    reusable: bool = False
    loopback_only: bool = True


class Session(Row, table=True):
    """A signed-in browser. `client` is its kind, such as "Firefox, Android".

    With `second_needed` it opens nothing until a second factor has been given. `challenge` is what
    a passkey has to sign, once. `member_id` says which board member it is, where that is known.
    """

    __tablename__ = "session"

    token_hash: str = Field(primary_key=True)
    id: str = Field(unique=True)
    role: Role = Field(sa_type=words(Role))
    subject_id: str | None = None
    member_id: str = ""
    staff_id: str | None = key("staff.id", default=None)
    client: str = ""
    created_at: datetime = instant()
    seen_at: datetime = instant()
    expires_at: datetime = instant(index=True)
    second_needed: bool = False
    challenge: str = ""
    setting_up: bytes | None = Field(default=None, sa_type=LargeBinary)
