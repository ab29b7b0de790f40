"""What was answered to a post that names itself: the same post again gets the same answer.

As drafted for the Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete

from scheduler.db.tables import KeptAnswer
from scheduler.domain.errors import AanTafelError, Sentence

_KEPT = timedelta(days=30)


class KeyReused(AanTafelError):
    """The same name came with something else, or twice at the same moment."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            Sentence(
                "Deze Idempotency-Key hoort al bij een ander verzoek. Neem een nieuwe.",
                "This Idempotency-Key belongs to another request already. Take a new one.",
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post of one program: the name that it gave itself, and what it holds, as a digest."""

    key_id: str
    name: str
    fingerprint: str


def kept_answer(session: Session, post: Post) -> KeptAnswer | None:
    """What was answered before; None the first time.

    Raises:
        KeyReused: the name stands for a post with something else in it.
    """
    row = session.get(KeptAnswer, (post.key_id, post.name))
    if row is not None and row.fingerprint != post.fingerprint:
        raise KeyReused
    return row


def keep_answer(
    session: Session, post: Post, *, status: int, location: str, body: bytes, at: datetime
) -> None:
    """Keep an answer for 30 days, in the commit of what was done.

    Raises:
        KeyReused: the same post came twice at one moment; the other one is answered.
    """
    session.exec(delete(KeptAnswer).where(col(KeptAnswer.created_at) < at - _KEPT))
    row = KeptAnswer(
        api_key_id=post.key_id,
        name=post.name,
        fingerprint=post.fingerprint,
        status=status,
        location=location,
        body=body,
        created_at=at,
    )
    session.add(row)
    try:
        session.flush()
    except IntegrityError as error:
        raise KeyReused from error
