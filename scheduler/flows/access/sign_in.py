"""Sign in by a link: make one, redeem it for a session, recognise the session, end it.

Rows keep only hashes of links and sessions. A link that can be mailed is redeemed by an act, never
by being looked at, because mail programs open links to scan them.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, SQLModel, col

from scheduler.db import audits
from scheduler.db.tables import Corporation, Municipality, Organisation, Representative, SignInLink
from scheduler.db.tables import Session as Browser
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound, SpentLink, WrongComputer
from scheduler.domain.secrets import hashed, new_token
from scheduler.domain.terms import Role

_SUBJECTS: dict[Role, tuple[type[SQLModel], str]] = {
    Role.REPRESENTATIVE: (Representative, "afgevaardigde"),
    Role.BOARD: (Organisation, "huurdersorganisatie"),
    Role.MUNICIPALITY: (Municipality, "gemeente"),
    Role.CORPORATION: (Corporation, "woningcorporatie"),
}


def new_sign_in_link(
    session: Session,
    actor: Actor,
    holder: Actor,
    base_url: str,
    *,
    minutes: int,
    at: datetime,
    reusable: bool = False,
    loopback_only: bool = True,
    member_id: str = "",
) -> str:
    """The address of a new link that signs `holder` in for so many minutes.

    Args:
        session: the session; the caller commits.
        actor: who gives the link; must plan for all.
        holder: whom the link signs in; never the system itself.
        base_url: how pages are reached, without a slash at the end.
        minutes: how long the link works from `at`.
        at: the present instant.
        reusable: whether it works more than once; only on loopback, for the demo.
        loopback_only: whether it works only on the computer that serves the pages.
        member_id: the mail address of the board member to whom it goes, where it is one.

    Raises:
        NotFound: there is no such representative, organisation, municipality or corporation.
        ValueError: the system can't sign in, or a reusable link would work from elsewhere.
    """
    actor.must_plan_for_all()
    if holder.role is Role.SYSTEM:
        raise ValueError("the system itself doesn't sign in")
    if reusable and not loopback_only:
        raise ValueError("a link that works more than once works on loopback only")
    if not _exists(session, holder):
        raise NotFound(_SUBJECTS[holder.role][1], holder.subject or "")
    token = new_token()
    session.add(
        SignInLink(
            token_hash=hashed(token),
            role=holder.role,
            subject_id=holder.subject,
            member_id=member_id,
            expires_at=at + timedelta(minutes=minutes),
            reusable=reusable,
            loopback_only=loopback_only,
        )
    )
    audits.record(session, actor, "invite", noun=holder.role, noun_id=holder.subject or "", at=at)
    return f"{base_url}/inloggen/{token}"


def holder_of(session: Session, token: str, *, loopback: bool, at: datetime) -> Actor:
    """Whom a link would sign in; looking changes nothing.

    Args:
        session: the session.
        token: the link's last part.
        loopback: whether who asks sits at the computer that serves the pages.
        at: the present instant.

    Raises:
        SpentLink: it has been used or has run out, or never was.
        WrongComputer: it works on loopback only, and this isn't.
    """
    link = session.get(SignInLink, hashed(token))
    if link is None or link.expires_at <= at or (link.used_at and not link.reusable):
        raise SpentLink
    if link.loopback_only and not loopback:
        raise WrongComputer
    holder = Actor(link.role, link.subject_id)
    if not _exists(session, holder):
        raise SpentLink
    return holder


def opens_at_once(session: Session, token: str) -> bool:
    """Whether opening the link may already use it.

    One that works on this computer only never was in a mail, so no mail program opens it to scan.
    """
    link = session.get(SignInLink, hashed(token))
    return link is not None and link.loopback_only


def redeem(session: Session, token: str, *, loopback: bool, days: int, at: datetime) -> str:
    """Use a link: the token of a new session, valid for so many days from `at`.

    Raises:
        SpentLink: see `holder_of`; of two at the same moment, one gets this.
        WrongComputer: see `holder_of`.
    """
    holder = holder_of(session, token, loopback=loopback, at=at)
    _spend(session, token, at)
    session.exec(delete(Browser).where(col(Browser.expires_at) <= at))
    opened = new_token()
    link = session.get_one(SignInLink, hashed(token))
    session.add(
        Browser(
            token_hash=hashed(opened),
            role=holder.role,
            subject_id=holder.subject,
            member_id=link.member_id,
            created_at=at,
            expires_at=at + timedelta(days=days),
        )
    )
    return opened


def actor_of_session(session: Session, token: str, *, at: datetime) -> Actor | None:
    """Who is signed in by this token, or None: unknown, run out, or the holder has gone."""
    found = session.get(Browser, hashed(token))
    if found is None or found.expires_at <= at:
        return None
    actor = Actor(found.role, found.subject_id)
    return actor if _exists(session, actor) else None


def member_of_session(session: Session, token: str, *, at: datetime) -> str:
    """Which board member this browser is, by their mail address; empty where that isn't known."""
    found = session.get(Browser, hashed(token))
    return "" if found is None or found.expires_at <= at else found.member_id


def sign_out(session: Session, token: str) -> None:
    """End a session; nothing happens where there is none."""
    session.exec(delete(Browser).where(col(Browser.token_hash) == hashed(token)))


def _spend(session: Session, token: str, at: datetime) -> None:
    """Mark the link as used, in one statement, so that no two redeem it together."""
    spent = session.exec(
        update(SignInLink)
        .where(
            col(SignInLink.token_hash) == hashed(token),
            col(SignInLink.reusable) | col(SignInLink.used_at).is_(None),
        )
        .values(used_at=at)
    )
    if spent.rowcount != 1:
        raise SpentLink


def _exists(session: Session, holder: Actor) -> bool:
    if holder.role not in _SUBJECTS:
        return True
    table, _ = _SUBJECTS[holder.role]
    return session.get(table, holder.subject) is not None
