"""CalDAV accounts: give out an app password, and recognise one."""

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


def issue_account(
    session: Session, actor: Actor, representative_id: str, base_url: str, *, at: datetime
) -> IssuedAccount:
    """Give a representative an app password for one device; the others keep working.

    Raises:
        NotFound: there is no such representative, or it isn't the actor.
    """
    own = actor.role is Role.REPRESENTATIVE and actor.subject == representative_id
    if not (own or actor.plans_for_all) or not session.get(Representative, representative_id):
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


def representative_by_password(
    session: Session, username: str, password: str, *, at: datetime
) -> str | None:
    """Whose account this is, or None. The password's hash is looked up, so no timing tells."""
    query = select(Account).where(
        Account.username == username,
        Account.password_hash == hashed(password),
        col(Account.revoked_at).is_(None),
    )
    account = session.exec(query).first()
    if account is None:
        return None
    if account.last_used_at is None or at - account.last_used_at >= _NOTE_EVERY:
        account.last_used_at = at
    return account.representative_id
