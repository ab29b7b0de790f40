"""Which second factors an account has, who needs one, and the codes for when it is lost."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from scheduler.db import audits
from scheduler.db.tables import RecoveryCode, SecondFactor, SecondTry
from scheduler.domain.access import PROVE_TWICE, Actor, Right
from scheduler.domain.errors import NotAllowed, NotFound
from scheduler.domain.secrets import hashed, new_app_password
from scheduler.domain.terms import FactorKind

_CODES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorView:
    """A second factor as its owner sees it."""

    id: str
    kind: FactorKind
    name: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Shown:
    """New recovery codes, shown this once; only their hashes are kept."""

    codes: tuple[str, ...] = field(repr=False)


def second_needed(
    session: Session, actor: Actor, *, on_this_computer: bool, demanded: bool
) -> bool:
    """Whether a sign-in opens nothing yet until a second factor is given.

    Who came in by a link for this very computer has the whole installation at hand already.
    """
    if on_this_computer or actor.role not in PROVE_TWICE:
        return False
    return demanded or has_factor(session, actor)


def must_own_factors(actor: Actor) -> None:
    """NotAllowed for a role whose account is shared by too many, or that has none."""
    if actor.role not in PROVE_TWICE:
        raise NotAllowed


def has_factor(session: Session, actor: Actor) -> bool:
    """Whether the account has a second factor."""
    query = select(func.count()).where(SecondFactor.account == actor.account)
    return session.exec(query).one() > 0


def factors_of(session: Session, actor: Actor) -> tuple[FactorView, ...]:
    """The account's second factors, the oldest first."""
    query = (
        select(SecondFactor)
        .where(SecondFactor.account == actor.account)
        .order_by(col(SecondFactor.created_at), SecondFactor.id)
    )
    return tuple(
        FactorView(
            id=row.id,
            kind=row.kind,
            name=row.name,
            created_at=row.created_at,
            last_used_at=row.last_used_at,
        )
        for row in session.exec(query)
    )


def remove_factor(session: Session, actor: Actor, factor_id: str, *, at: datetime) -> None:
    """Take one of one's own second factors away; the last one takes the recovery codes with it.

    Raises:
        NotFound: there is none of this name, or it isn't the actor's.
    """
    must_own_factors(actor)
    row = session.get(SecondFactor, factor_id)
    if row is None or row.account != actor.account:
        raise NotFound("tweede stap", factor_id)
    session.delete(row)
    session.flush()
    if not has_factor(session, actor):
        session.exec(delete(RecoveryCode).where(col(RecoveryCode.account) == actor.account))
    audits.record(session, actor, "remove", noun="second factor", noun_id=factor_id, at=at)


def forget_factors(session: Session, actor: Actor, account: Actor, *, at: datetime) -> None:
    """Take all second factors of somebody else's account away: phone and codes were lost.

    Raises:
        NotAllowed: the actor may not give access.
    """
    actor.must(Right.GIVE_ACCESS)
    for table in (SecondFactor, RecoveryCode, SecondTry):
        session.exec(delete(table).where(col(table.account) == account.account))
    audits.record(session, actor, "forget", noun="second factor", noun_id=account.account, at=at)


def renew_recovery_codes(session: Session, actor: Actor, *, at: datetime) -> Shown:
    """Ten new codes; the old ones are no good any more.

    Raises:
        NotAllowed: the account has no second factor that they could stand in for.
    """
    must_own_factors(actor)
    if not has_factor(session, actor):
        raise NotAllowed
    session.exec(delete(RecoveryCode).where(col(RecoveryCode.account) == actor.account))
    codes = tuple(new_app_password() for _ in range(_CODES))
    for code in codes:
        row = RecoveryCode(account=actor.account, code_hash=hashed(code), created_at=at)
        session.add(row)
    audits.record(session, actor, "renew", noun="recovery codes", noun_id=actor.account, at=at)
    session.flush()
    return Shown(codes)


def recovery_codes_left(session: Session, actor: Actor) -> int:
    """How many recovery codes still work."""
    query = select(func.count()).where(
        RecoveryCode.account == actor.account, col(RecoveryCode.used_at).is_(None)
    )
    return session.exec(query).one()


def new_challenge() -> bytes:
    """What a passkey has to sign: 256 random bits."""
    return secrets.token_bytes(32)
