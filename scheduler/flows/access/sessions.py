"""Signed-in browsers: opened, recognised, listed for their owner, ended."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete
from sqlmodel import Session, and_, col, select

from scheduler.db import audits
from scheduler.db.tables import Session as Browser
from scheduler.domain.access import Actor, Right
from scheduler.domain.errors import NotFound
from scheduler.domain.ids import new_id
from scheduler.domain.secrets import hashed, new_token
from scheduler.flows.access.sign_in import exists

_NOTE_EVERY = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A session that holds: whose, and whether a second factor is still to be given.

    `since` is when that was proved last. `token` is the secret that opens it; it is nowhere in a
    row.
    """

    id: str
    actor: Actor
    second_needed: bool
    since: datetime
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserView:
    """A session as its owner sees it."""

    id: str
    client: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


def open_session(
    session: Session,
    holder: Actor,
    *,
    client: str,
    days: int,
    second_needed: bool,
    at: datetime,
    member_id: str = "",
) -> SignedIn:
    """A new session for whoever has just proved who they are, valid for so many days from `at`.

    Sessions that have run out are swept. `client` is the browser's kind, for its owner to know.
    `member_id` is the address of the board member who came by a mailed link.
    """
    session.exec(delete(Browser).where(col(Browser.expires_at) <= at))
    row = Browser(
        token_hash="",
        id=new_id("se"),
        role=holder.role,
        subject_id=holder.subject,
        member_id=member_id,
        staff_id=holder.staff,
        client=client,
        created_at=at,
        seen_at=at,
        expires_at=at + timedelta(days=days),
        second_needed=second_needed,
    )
    token = new_token()
    row.token_hash = hashed(token)
    session.add(row)
    session.flush()
    return SignedIn(id=row.id, actor=holder, second_needed=second_needed, since=at, token=token)


def session_of(
    session: Session, token: str, *, at: datetime, idle: timedelta = timedelta.max
) -> SignedIn | None:
    """The session of this token; None where there is none, it has run out, or its holder has gone.

    One that wasn't used for as long as `idle` has run out too.

    When it was last used is noted, every 15 minutes at most.
    """
    found = session.get(Browser, hashed(token))
    if found is None or found.expires_at <= at or at - found.seen_at >= idle:
        return None
    actor = Actor(found.role, found.subject_id, found.staff_id)
    if not exists(session, actor):
        return None
    if at - found.seen_at >= _NOTE_EVERY:
        found.seen_at = at
    return SignedIn(
        id=found.id,
        actor=actor,
        second_needed=found.second_needed,
        since=found.created_at,
        token=token,
    )


def confirmed(session: Session, signed_in: SignedIn, *, at: datetime) -> SignedIn:
    """The session after a good second factor: open, and under a new token (ASVS 5.0, 7.2.4)."""
    old = session.get_one(Browser, hashed(signed_in.token))
    token = new_token()
    session.add(
        Browser(
            **old.model_dump(
                exclude={"token_hash", "id", "second_needed", "challenge", "created_at"}
            ),
            token_hash=hashed(token),
            id=new_id("se"),
            second_needed=False,
            created_at=at,
        )
    )
    session.delete(old)
    session.flush()
    found = session.get_one(Browser, hashed(token))
    return SignedIn(id=found.id, actor=signed_in.actor, second_needed=False, since=at, token=token)


def member_of_session(session: Session, token: str, *, at: datetime) -> str:
    """Which board member this browser is, by their mail address; empty where that isn't known."""
    found = session.get(Browser, hashed(token))
    return "" if found is None or found.expires_at <= at else found.member_id


def sign_out(session: Session, token: str) -> None:
    """End a session; nothing happens where there is none."""
    session.exec(delete(Browser).where(col(Browser.token_hash) == hashed(token)))


def browsers_of(session: Session, actor: Actor, *, at: datetime) -> tuple[BrowserView, ...]:
    """Where an account is signed in, the one used last first."""
    query = (
        select(Browser)
        .where(_of(actor), col(Browser.expires_at) > at)
        .order_by(col(Browser.seen_at).desc(), Browser.id)
    )
    return tuple(
        BrowserView(
            id=row.id,
            client=row.client,
            created_at=row.created_at,
            seen_at=row.seen_at,
            expires_at=row.expires_at,
        )
        for row in session.exec(query)
    )


def end_browser(session: Session, actor: Actor, session_id: str, *, at: datetime) -> None:
    """End one of one's own sessions; NotFound where it isn't."""
    row = session.exec(select(Browser).where(_of(actor), Browser.id == session_id)).first()
    if row is None:
        raise NotFound("inlog", session_id)
    session.delete(row)
    audits.record(session, actor, "end", noun="session", noun_id=session_id, at=at)


def end_browsers(session: Session, actor: Actor, *, besides: str = "", at: datetime) -> int:
    """End all of one's own sessions, besides the one that is named; gives how many."""
    actor.must(Right.SIGN_IN)
    ended = session.exec(delete(Browser).where(_of(actor), col(Browser.id) != besides)).rowcount
    if ended:
        audits.record(session, actor, "end all", noun="session", noun_id=actor.subject or "", at=at)
    return ended


def _of(actor: Actor) -> ColumnElement[bool]:
    return and_(
        col(Browser.role) == actor.role,
        col(Browser.subject_id).is_not_distinct_from(actor.subject),
        col(Browser.staff_id).is_not_distinct_from(actor.staff),
    )
