"""Keys for the programs of those who ask: made, shown once, recognised, revoked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from scheduler.db import audits
from scheduler.db.tables import ApiKey
from scheduler.domain.access import Actor
from scheduler.domain.errors import AanTafelError, BadInput, NotFound, Sentence
from scheduler.domain.ids import new_id
from scheduler.domain.secrets import hashed, new_token
from scheduler.domain.terms import ApiScope
from scheduler.flows.requests.requesting import Asker, may_ask_for

_PREFIX, _HINT_LETTERS = "aantafel_", 13
_LONGEST_NAME, _MOST = 80, 20
_NOTE_EVERY = timedelta(minutes=5)
_NO_NAME = Sentence(
    f"Zeg waarvoor de sleutel is, in ten hoogste {_LONGEST_NAME} tekens.",
    f"Say what the key is for, in at most {_LONGEST_NAME} characters.",
)
NO_SCOPE = Sentence("Kies ten minste één recht.", "Choose at least one right.")
_TOO_MANY = Sentence(
    f"Er zijn al {_MOST} sleutels. Trek er eerst een in.",
    f"There are {_MOST} keys already. Revoke one first.",
)


class KeyRefused(AanTafelError):
    """The key is unknown or has been revoked: the two must look alike."""

    def __init__(self) -> None:
        """Say what is needed."""
        super().__init__(
            Sentence("Deze sleutel werkt niet.", "This key doesn't work."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyView:
    """A key as its body and the coordinator see it: by how it begins."""

    id: str
    owner: Actor
    name: str
    hint: str
    scopes: tuple[ApiScope, ...]
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedKey:
    """A new key, and its secret: shown this once."""

    view: KeyView
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyHolder:
    """The program that a key stands for: whose, and what it may do."""

    key_id: str
    actor: Actor
    scopes: frozenset[ApiScope]


def issue_key(
    session: Session,
    actor: Actor,
    owner: Actor,
    name: str,
    scopes: Iterable[ApiScope],
    *,
    at: datetime,
) -> IssuedKey:
    """Make a key for a body's program, by the body itself or who plans for all.

    Raises:
        NotAllowed, NotFound: it isn't the actor's to make, or there is no such body.
        BadInput: it has no name or no right, or there are too many.
    """
    may_ask_for(session, actor, Asker.who_is(owner))
    given, wanted = " ".join(name.split()), sorted(set(scopes))
    named = 0 < len(given) <= _LONGEST_NAME and given.isprintable()
    if faults := [*([] if named else [_NO_NAME]), *([] if wanted else [NO_SCOPE])]:
        raise BadInput(*faults)
    if sum(each.revoked_at is None for each in _of(session, owner)) >= _MOST:
        raise BadInput(_TOO_MANY)
    secret = f"{_PREFIX}{new_token()}"
    row = ApiKey(
        id=new_id("ak"),
        role=owner.role,
        subject_id=owner.subject,
        name=given,
        scopes=list(wanted),
        hint=secret[:_HINT_LETTERS],
        key_hash=hashed(secret),
        created_at=at,
    )
    session.add(row)
    audits.record(session, actor, "issue", noun="api key", noun_id=row.id, at=at)
    session.flush()
    return IssuedKey(view=_view(row), secret=secret)


def keys_of(session: Session, actor: Actor) -> tuple[KeyView, ...]:
    """Everybody's keys for who plans for all, a body's own for itself; those in use first.

    Raises:
        NotAllowed: the actor is no body that asks.
    """
    if actor.plans_for_all:
        query = select(ApiKey).order_by(col(ApiKey.revoked_at).is_not(None), ApiKey.id)
        return tuple(_view(row) for row in session.exec(query))
    return tuple(_view(row) for row in _of(session, Asker.who_is(actor).body))


def revoke_key(session: Session, actor: Actor, key_id: str, *, at: datetime) -> None:
    """End a key at once; nothing happens where it has ended.

    Raises:
        NotFound: it isn't there, or isn't the actor's.
    """
    row = session.get(ApiKey, key_id)
    if row is None or not (actor.plans_for_all or actor == Actor(row.role, row.subject_id)):
        raise NotFound("sleutel", key_id)
    if row.revoked_at is None:
        row.revoked_at = at
        audits.record(session, actor, "revoke", noun="api key", noun_id=row.id, at=at)
    session.flush()


def holder_of_key(session: Session, secret: str, *, at: datetime) -> KeyHolder:
    """Whose program this key stands for; when it was used is noted every five minutes.

    Raises:
        KeyRefused: nobody's, or it has been revoked.
    """
    row = session.exec(select(ApiKey).where(ApiKey.key_hash == hashed(secret))).first()
    if row is None or row.revoked_at is not None:
        raise KeyRefused
    if row.last_used_at is None or at - row.last_used_at >= _NOTE_EVERY:
        row.last_used_at = at
    scopes = frozenset(ApiScope(each) for each in row.scopes)
    return KeyHolder(key_id=row.id, actor=Actor(row.role, row.subject_id), scopes=scopes)


def _of(session: Session, owner: Actor) -> list[ApiKey]:
    query = (
        select(ApiKey)
        .where(
            ApiKey.role == owner.role,
            col(ApiKey.subject_id).is_not_distinct_from(owner.subject),
        )
        .order_by(col(ApiKey.revoked_at).is_not(None), ApiKey.id)
    )
    return list(session.exec(query))


def _view(row: ApiKey) -> KeyView:
    return KeyView(
        id=row.id,
        owner=Actor(row.role, row.subject_id),
        name=row.name,
        hint=row.hint,
        scopes=tuple(ApiScope(each) for each in row.scopes),
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )
