"""CalDAV accounts: give out an app password, recognise one, list and withdraw them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from scheduler.db import audits
from scheduler.db.tables import Account, Representative
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.ids import new_id
from scheduler.domain.secrets import hashed, new_app_password
from scheduler.domain.terms import Role

_NOTE_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class IssuedAccount:
    """What is typed into a calendar program; the password is shown this once and never stored."""

    url: str
    username: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AppPassword:
    """An app password as its owner sees it: when it was made, and when and by what used last."""

    id: str
    created_at: datetime
    last_used_at: datetime | None
    last_client: str


def issue_account(
    session: Session, actor: Actor, representative_id: str, base_url: str, *, at: datetime
) -> IssuedAccount:
    """Give a representative an app password for one device; the others keep working.

    Raises:
        NotFound: there is no such representative, or it isn't the actor.
    """
    _must_own(actor, representative_id)
    if not session.get(Representative, representative_id):
        raise NotFound("afgevaardigde", representative_id)
    password = new_app_password()
    account = Account(
        id=new_id("a"),
        representative_id=representative_id,
        username=representative_id,
        password_hash=hashed(password),
        created_at=at,
    )
    session.add(account)
    audits.record(session, actor, "issue", noun="account", noun_id=account.id, at=at)
    return IssuedAccount(f"{base_url}/dav/", representative_id, password)


def app_passwords(
    session: Session, actor: Actor, representative_id: str
) -> tuple[AppPassword, ...]:
    """The passwords that open a representative's account, the newest first.

    Raises:
        NotFound: it isn't the actor's to see.
    """
    _must_own(actor, representative_id)
    query = (
        select(Account)
        .where(Account.representative_id == representative_id, col(Account.revoked_at).is_(None))
        .order_by(col(Account.created_at).desc(), col(Account.id))
    )
    return tuple(
        AppPassword(row.id, row.created_at, row.last_used_at, row.last_client)
        for row in session.exec(query)
    )


def revoke_account(session: Session, actor: Actor, account_id: str, *, at: datetime) -> str:
    """Withdraw an app password: its device sees nothing any more. Gives whose it was.

    Raises:
        NotFound: there is no such password, or it isn't the actor's.
    """
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound("wachtwoord", account_id)
    _must_own(actor, account.representative_id)
    if account.revoked_at is None:
        account.revoked_at = at
        audits.record(session, actor, "revoke", noun="account", noun_id=account.id, at=at)
    return account.representative_id


def _must_own(actor: Actor, representative_id: str) -> None:
    own = actor.role is Role.REPRESENTATIVE and actor.subject == representative_id
    if not (own or actor.plans_for_all):
        raise NotFound("afgevaardigde", representative_id)


def representative_by_password(
    session: Session, username: str, password: str, *, at: datetime, client: str = ""
) -> str | None:
    """Whose account this is, or None. The password's hash is looked up, so no timing tells.

    The kind of program (`client`) and when it came are noted, every five minutes at most.
    """
    query = select(Account).where(
        Account.username == username,
        Account.password_hash == hashed(password),
        col(Account.revoked_at).is_(None),
    )
    account = session.exec(query).first()
    if account is None:
        return None
    fresh = account.last_used_at is not None and at - account.last_used_at < _NOTE_EVERY
    if not fresh or account.last_client != client:
        account.last_used_at, account.last_client = at, client
    return account.representative_id
