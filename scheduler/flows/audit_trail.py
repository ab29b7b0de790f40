"""The log can't be changed quietly: its acts are sealed in a chain, and the chain can be verified.

A database's owner can still change a row; not without its showing, unless they have the key too.
What was cut off at the end shows only to who has written down the newest digest elsewhere.
"""

import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from scheduler.db.tables import Audit, AuditSeal
from scheduler.domain.access import Actor, Right
from scheduler.domain.secrets import SecretKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """What verifying found.

    Attributes:
        seals: how many links the chain has.
        sealed: how many acts they cover.
        waiting: how many acts came since, and are not sealed yet.
        newest: the newest link's digest; empty where there is none.
        broken: the links (by id) that don't fit what they cover, or the link before them.
        has_expected: the digest that was noted earlier is one of the chain's.
    """

    seals: int
    sealed: int
    waiting: int
    newest: str
    broken: tuple[int, ...]
    has_expected: bool

    @property
    def is_whole(self) -> bool:
        """Nothing was changed or taken out, as far as can be seen."""
        return self.has_expected and not self.broken


def seal_audits(session: Session, key: SecretKey, *, at: datetime) -> int:
    """Seal the acts that aren't yet; gives their number, 0 also where another was first."""
    # The chain's end first: where another seals what is read after it, our link fits no more.
    last = session.exec(select(AuditSeal).order_by(col(AuditSeal.id).desc()).limit(1)).first()
    acts = _acts(session, None)
    if not acts:
        return 0
    seal = AuditSeal(
        previous_id=last.id if last else 0,
        sealed_at=at,
        acts=len(acts),
        digest=_digest(key, last.digest if last else "", acts),
    )
    try:
        with session.begin_nested():
            session.add(seal)
    except IntegrityError:  # another sealed in the meantime
        return 0
    for act in acts:
        act.seal_id = seal.id
    session.flush()
    return len(acts)


def verify_audits(session: Session, actor: Actor, key: SecretKey, *, expected: str = "") -> Trail:
    """Compare every link with its acts, for who sees all; `expected` is a digest noted."""
    actor.must_see_all()
    seals = session.exec(select(AuditSeal).order_by(col(AuditSeal.id))).all()
    broken, previous_id, digest = [], 0, ""
    for seal in seals:
        acts = _acts(session, seal.id)
        fits = seal.acts == len(acts) and _key_of(key, seal, digest, acts) is not None
        if not fits or seal.previous_id != previous_id:
            broken.append(seal.id)
        previous_id, digest = seal.id, seal.digest
    return Trail(
        seals=len(seals),
        sealed=sum(seal.acts for seal in seals),
        waiting=len(_acts(session, None)),
        newest=digest,
        broken=tuple(broken),
        has_expected=not expected or any(seal.digest == expected for seal in seals),
    )


def _key_of(
    key: SecretKey, seal: AuditSeal, before: str, acts: Iterable[Audit]
) -> SecretKey | None:
    """The key that made this link; None where none did, so that something has been changed."""
    acts = list(acts)
    made = (each for each in key.log_versions if _digest(each, before, acts) == seal.digest)
    return next(made, None)


def _acts(session: Session, seal_id: int | None) -> list[Audit]:
    query = select(Audit).where(col(Audit.seal_id).is_not_distinct_from(seal_id))
    return list(session.exec(query.order_by(col(Audit.id))))


def _digest(key: SecretKey, before: str, acts: Iterable[Audit]) -> str:
    content = "\n".join([before, *(_line(key, act) for act in acts)])
    return hmac.digest(key.value, f"audit/{content}".encode(), "sha256").hex()


def _line(key: SecretKey, act: Audit) -> str:
    values = (act.id, act.at.isoformat(), act.role, act.actor_id, act.act, act.noun, act.noun_id)
    return json.dumps([*values, act.told_digest or _told_digest(key, act)])


def _told_digest(key: SecretKey, act: Audit) -> str:
    """What stands for an act's texts in the chain, so that they can be taken out one day.

    By the key, as short texts could be guessed from a plain digest.
    """
    told = json.dumps([act.id, act.detail, act.before, act.after, act.why], sort_keys=True)
    return hmac.digest(key.value, f"audit/told/{told}".encode(), "sha256").hex()


def blank_acts(session: Session, actor: Actor, key: SecretKey, acts: Iterable[Audit]) -> int:
    """Take the texts out of acts, and leave the chain whole; gives how many.

    That it was done is for the caller to write down. Which act it was, by whom and when, stays.

    Raises:
        NotAllowed: the actor may not erase.
    """
    actor.must(Right.ERASE)
    done = 0
    for act in acts:
        if act.told_digest or not (act.detail or act.before or act.after or act.why):
            continue
        act.told_digest = _told_digest(_key_for(session, key, act), act)
        act.detail, act.before, act.after, act.why = "", None, None, ""
        done += 1
    session.flush()
    return done


def _key_for(session: Session, key: SecretKey, act: Audit) -> SecretKey:
    """The key that the act's link was made with; the present one where it has none yet."""
    if act.seal_id is None:
        return key
    seal = session.get_one(AuditSeal, act.seal_id)
    before = session.get(AuditSeal, seal.previous_id)
    found = _key_of(key, seal, before.digest if before else "", _acts(session, seal.id))
    return found or key
