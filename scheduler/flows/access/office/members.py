"""Who somebody of an office is here: by a claim of their token, as the settings say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlmodel import Session

from scheduler.db import audits
from scheduler.db.tables import OfficeAccount, Staff
from scheduler.domain.access import PROVE_TWICE, SYSTEM, Actor
from scheduler.domain.errors import BadInput, Sentence
from scheduler.domain.ids import new_id
from scheduler.domain.terms import Role
from scheduler.flows.access.office.provider import OfficeRefused
from scheduler.flows.access.sign_in import exists

_LONGEST_NAME = 80
_ROLES = PROVE_TWICE | {Role.BOARD, Role.MUNICIPALITY, Role.CORPORATION, Role.PROVINCE}


@dataclass(frozen=True, slots=True)
class Members:
    """Which value of the claim stands for whom; the first that fits decides."""

    by_value: tuple[tuple[str, Actor], ...]


def read_members(text: str) -> Members:
    """Read the setting: `value=role` or `value=role:id`, with spaces between.

    Raises:
        BadInput: a part isn't of that form, or names a role that doesn't sign in this way.
    """
    return Members(tuple(_member(part) for part in text.split()))


def _member(part: str) -> tuple[str, Actor]:
    value, _, whom = part.rpartition("=")
    role, _, subject = whom.partition(":")
    try:
        actor = Actor(Role(role), subject or None)
    except ValueError:
        actor = SYSTEM
    if not value or actor.role not in _ROLES:
        raise BadInput(
            Sentence(
                f"office.members: {part!r} is geen waarde=rol of waarde=rol:id.",
                f"office.members: {part!r} isn't value=role or value=role:id.",
            )
        )
    return value.lower(), actor


def holder_of_claims(
    session: Session,
    claims: Mapping[str, Any],
    members: Members,
    claim: str,
    *,
    at: datetime,
) -> Actor:
    """Whom the claims sign in; colleagues get a row of their own the first time.

    A value that begins with "@" is what the mail address ends in; the office has to say that it has
    verified it. Issuer and subject decide who it is, never the address (Core 1.0, section 5.7).

    Raises:
        OfficeRefused: nothing in the settings fits, or the one who fits has left.
    """
    found = next((actor for value, actor in members.by_value if _fits(value, claims, claim)), None)
    if found is None:
        raise OfficeRefused("nobody in the settings")
    identity = sha256(f"{claims['iss']}\n{claims['sub']}".encode()).hexdigest()
    account = session.get(OfficeAccount, identity)
    if account is None or (account.role, account.subject_id) != (found.role, found.subject):
        account = _renewed(session, account or _new(identity, found, at), found, claims)
    account.last_used_at = at
    session.flush()
    holder = Actor(account.role, account.subject_id, account.staff_id)
    if not exists(session, holder):
        raise OfficeRefused("the holder has left")
    return holder


def _fits(value: str, claims: Mapping[str, Any], claim: str) -> bool:
    if value.startswith("@"):
        verified = claims.get("email_verified") is True
        return verified and str(claims.get("email", "")).lower().endswith(value)
    said = claims.get(claim, ())
    values = said if isinstance(said, list) else [said]
    return value in {str(each).lower() for each in values}


def _new(identity: str, found: Actor, at: datetime) -> OfficeAccount:
    return OfficeAccount(identity_hash=identity, role=found.role, created_at=at)


def _renewed(
    session: Session, account: OfficeAccount, found: Actor, claims: Mapping[str, Any]
) -> OfficeAccount:
    """The account as who the settings say it is now: somebody may have another task since."""
    account.role, account.subject_id, account.staff_id = found.role, found.subject, None
    if found.role in PROVE_TWICE:
        account.staff_id = _colleague(session, found.role, claims, account.created_at)
    session.add(account)
    session.flush()
    return account


def _colleague(session: Session, role: Role, claims: Mapping[str, Any], at: datetime) -> str:
    name = " ".join(str(claims.get("name") or claims.get("email") or "").split())
    row = Staff(id=new_id("st"), role=role, name=name[:_LONGEST_NAME] or role, created_at=at)
    session.add(row)
    audits.record(session, SYSTEM, "add", noun="staff", noun_id=row.id, at=at, detail=role)
    session.flush()
    return row.id
