"""Giving the second factor: a code by the clock, or a recovery code, a few tries in a row."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from scheduler.db import audits
from scheduler.db.tables import RecoveryCode, SecondFactor, SecondTry
from scheduler.domain.access import Actor
from scheduler.domain.errors import TooManyTries
from scheduler.domain.sealing import Seal
from scheduler.domain.secrets import hashed
from scheduler.domain.terms import FactorKind
from scheduler.flows.access.second.program import fitting_step
from scheduler.flows.access.sessions import SignedIn, confirmed

_MOST, _PAUSE = 5, timedelta(minutes=15)
_GROUP = 4


def prove_by_code(
    session: Session, signed_in: SignedIn, seal: Seal, code: str, *, at: datetime
) -> SignedIn | None:
    """The session, open and under a new token, where the code is good; None where it isn't.

    A wrong code is counted in the same commit, so it is answered and not raised.

    Raises:
        TooManyTries: five were wrong; none is looked at for a quarter of an hour.
    """
    actor = signed_in.actor
    must_not_wait(session, actor, at)
    good = _by_program(session, actor, seal, code, at) or _by_recovery(session, actor, code, at)
    note_try(session, actor, good=good, at=at)
    return confirmed(session, signed_in, at=at) if good else None


def _by_program(session: Session, actor: Actor, seal: Seal, code: str, at: datetime) -> bool:
    query = select(SecondFactor).where(
        SecondFactor.account == actor.account, SecondFactor.kind == FactorKind.TOTP
    )
    return any(_fits(session, row, seal, code, at) for row in session.exec(query).all())


def _fits(session: Session, row: SecondFactor, seal: Seal, code: str, at: datetime) -> bool:
    """Whether it is this program's code; noted in one statement, so that no code works twice."""
    step = fitting_step(seal.open(row.sealed or b""), code, after=row.counter, at=at)
    if step is None:
        return False
    used = session.exec(
        update(SecondFactor)
        .where(col(SecondFactor.id) == row.id, col(SecondFactor.counter) < step)
        .values(counter=step, last_used_at=at)
    )
    return used.rowcount == 1


def _by_recovery(session: Session, actor: Actor, code: str, at: datetime) -> bool:
    typed = _as_shown(code)
    used = session.exec(
        update(RecoveryCode)
        .where(
            col(RecoveryCode.account) == actor.account,
            col(RecoveryCode.code_hash) == hashed(typed),
            col(RecoveryCode.used_at).is_(None),
        )
        .values(used_at=at)
    )
    if used.rowcount == 1:
        audits.record(session, actor, "use", noun="recovery codes", noun_id=actor.account, at=at)
    return used.rowcount == 1


def _as_shown(code: str) -> str:
    """A recovery code in groups of four, however it was typed over."""
    letters = "".join(each for each in code.lower() if each.isalnum())
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def must_not_wait(session: Session, actor: Actor, at: datetime) -> None:
    """TooManyTries while the account has to wait."""
    row = session.get(SecondTry, actor.account)
    if row is not None and row.blocked_until is not None and row.blocked_until > at:
        raise TooManyTries(-((at - row.blocked_until) // timedelta(minutes=1)))


def note_try(session: Session, actor: Actor, *, good: bool, at: datetime) -> None:
    """Count what was wrong in a row; the fifth time the account has to wait."""
    row = session.get(SecondTry, actor.account) or SecondTry(account=actor.account)
    row.failures = 0 if good else row.failures + 1
    row.blocked_until = None
    if row.failures >= _MOST:
        row.failures, row.blocked_until = 0, at + _PAUSE
        audits.record(session, actor, "block", noun="second factor", noun_id=actor.account, at=at)
    session.add(row)
    session.flush()
