"""Those who work for all organisations together, and what they prove themselves with."""

from datetime import datetime

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field

from scheduler.db.tables.base import Row, instant, key, optional_instant
from scheduler.db.types import rule, words
from scheduler.domain.terms import FactorKind, Role


class Staff(Row, table=True):
    """A coordinator, administrator or auditor, by the name under which the log knows them.

    Where they are mailed is a `MailAddress`. With `ended_at` they can't sign in any more; the row
    stays for the log's sake, its name until somebody asks for erasure.
    """

    __tablename__ = "staff"
    __table_args__ = (rule("role", "role IN ('coordinator', 'administrator', 'auditor')"),)

    id: str = Field(primary_key=True)
    role: Role = Field(sa_type=words(Role, "staff_role"))
    name: str
    created_at: datetime = instant()
    ended_at: datetime | None = optional_instant()


class OfficeAccount(Row, table=True):
    """Who an office's own sign-in (OpenID Connect) says somebody is: never two for one `sub`.

    Only a digest of issuer and subject is kept; `staff_id` is set for those who work for all.
    """

    __tablename__ = "office_account"

    identity_hash: str = Field(primary_key=True)
    role: Role = Field(sa_type=words(Role))
    subject_id: str | None = None
    staff_id: str | None = key("staff.id", default=None)
    created_at: datetime = instant()
    last_used_at: datetime | None = optional_instant()


class SecondFactor(Row, table=True):
    """An authenticator program (TOTP) or a passkey, of one account.

    `account` is `domain.access.Actor.account`. A TOTP key is sealed; of a passkey only the public
    part is ever known here. `counter` keeps a code, or a passkey's signature, from being used
    twice.
    """

    __tablename__ = "second_factor"

    id: str = Field(primary_key=True)
    account: str = Field(index=True)
    kind: FactorKind = Field(sa_type=words(FactorKind))
    name: str
    sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    credential_id: bytes | None = Field(default=None, sa_type=LargeBinary, unique=True)
    public_key: bytes | None = Field(default=None, sa_type=LargeBinary)
    counter: int = 0
    created_at: datetime = instant()
    last_used_at: datetime | None = optional_instant()


class RecoveryCode(Row, table=True):
    """The hash of a code that stands in for a lost second factor, once."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("account", "code_hash"),)

    id: int = Field(default=None, primary_key=True)
    account: str
    code_hash: str
    created_at: datetime = instant()
    used_at: datetime | None = optional_instant()


class SecondTry(Row, table=True):
    """How often in a row a second factor was wrong for an account, and how long it has to wait."""

    __tablename__ = "second_try"
    __table_args__ = (rule("failures", "failures >= 0"),)

    account: str = Field(primary_key=True)
    failures: int = 0
    blocked_until: datetime | None = optional_instant()
