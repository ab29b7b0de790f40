"""Mail: who may be mailed where, what goes out, and what came back."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key, optional_instant
from scheduler.db.types import rule, words
from scheduler.domain.terms import MailKind, MailState, ReplyKind, ReplyState

_OWNERS = (
    "representative_id",
    "organisation_id",
    "municipality_id",
    "corporation_id",
    "province_id",
    "staff_id",
    "request_id",
)
_ONE_OWNER = " + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in _OWNERS) + " = 1"
_LIVE = "stopped_at IS NULL AND confirmed_at IS NOT NULL"


class MailAddress(Row, table=True):
    """Where a representative, a board member, a contact person, a colleague or an asker is mailed.

    An asker sent one request. Each board member of an organisation has a row, and is known by it.

    The address is sealed with the installation's key; `fingerprint` finds it without opening it.
    A representative's is used once confirmed by a mailed link. One that was stopped stays as long
    as an invitation that went there has to be taken back when the meeting changes.
    """

    __tablename__ = "mail_address"
    __table_args__ = (
        rule("owner", _ONE_OWNER),
        Index(
            "uq_mail_address_live",
            "representative_id",
            unique=True,
            sqlite_where=text(_LIVE),
            postgresql_where=text(_LIVE),
        ),
    )

    id: str = Field(primary_key=True)
    representative_id: str | None = key("representative.id", default=None)
    organisation_id: str | None = key("organisation.id", default=None)
    municipality_id: str | None = key("municipality.id", default=None)
    corporation_id: str | None = key("corporation.id", default=None)
    province_id: str | None = key("province.id", default=None)
    staff_id: str | None = key("staff.id", default=None)
    request_id: str | None = key("meeting_request.id", default=None)
    function: str = ""
    sealed: bytes = Field(sa_type=LargeBinary)
    fingerprint: str = Field(index=True)
    confirm_hash: str | None = Field(default=None, unique=True)
    confirm_until: datetime | None = optional_instant()
    confirmed_at: datetime | None = optional_instant()
    stopped_at: datetime | None = optional_instant()
    created_at: datetime = instant()


class Outgoing(Row, table=True):
    """One mail in the outbox: one row per (uid, sequence, kind, recipient), so never twice.

    `uid` and `sequence` are the meeting's and its revision's; a mail without a meeting has a name
    of its own there. `recipient_id` is an address; the row outlives it as proof.

    `in_doubt` says that a server may have it though nobody said so: from the claim on, until it
    was plainly refused. `message` is sealed and kept until it was sent; then its digest stays.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("uid", "sequence", "kind", "recipient_id"),
        rule("sequence", "sequence >= 0"),
        rule("attempts", "attempts >= 0"),
        Index("ix_outbox_due", "state", "not_before"),
    )

    id: int = Field(default=None, primary_key=True)
    uid: str
    sequence: int
    kind: MailKind = Field(sa_type=words(MailKind))
    recipient_id: str = Field(index=True)
    meeting_id: str | None = key("meeting.id", default=None)
    publication_number: int | None = key("publication.number", default=None)
    urgent: bool = False
    subject: str = ""
    state: MailState = Field(sa_type=words(MailState))
    created_at: datetime = instant()
    released_at: datetime | None = optional_instant()
    not_before: datetime = instant()
    attempts: int = 0
    lease_until: datetime | None = optional_instant()
    in_doubt: bool = False
    failure: str = ""
    message: bytes | None = Field(default=None, sa_type=LargeBinary)
    message_id: str = ""
    digest: str = ""
    sent_at: datetime | None = optional_instant()


class MailReply(Row, table=True):
    """What was mailed back about an invitation: an answer, another time, or words.

    `name` is what tells one from another, so that a mail read twice is noted once. `comment` is
    the sender's own text. A proposed span is in UTC, its end exclusive.
    """

    __tablename__ = "mail_reply"
    __table_args__ = (
        rule("span", "(starts_at IS NULL AND ends_at IS NULL) OR starts_at < ends_at"),
    )

    id: int = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    kind: ReplyKind = Field(sa_type=words(ReplyKind))
    state: ReplyState = Field(sa_type=words(ReplyState), index=True)
    recipient_id: str = key("mail_address.id")
    meeting_id: str | None = key("meeting.id", default=None)
    sequence: int = 0
    comment: str = ""
    starts_at: datetime | None = optional_instant()
    ends_at: datetime | None = optional_instant()
    answered_at: datetime = instant()
    received_at: datetime = instant(index=True)
