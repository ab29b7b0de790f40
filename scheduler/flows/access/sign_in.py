"""Sign in by a link: make one, look at it, redeem it for a session.

Rows keep only hashes of links and sessions. A link that can be mailed is redeemed by an act, never
by being looked at, because mail programs open links to scan them.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, SQLModel, col

from scheduler.db import audits
from scheduler.db.tables import (
    Corporation,
    Municipality,
    Organisation,
    Representative,
    SignInLink,
    Staff,
)
from scheduler.domain.access import Actor, Right
from scheduler.domain.errors import NotFound, SpentLink, WrongBrowser, WrongComputer
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
    browser_hash: str | None = None,
    member_id: str = "",
) -> str:
    """The address of a new link that signs `holder` in for so many minutes.

    Args:
        session: the session; the caller commits.
        actor: who gives the link; must have the right to give access.
        holder: whom the link signs in; never the system itself.
        base_url: how pages are reached, without a slash at the end.
        minutes: how long the link works from `at`.
        at: the present instant.
        reusable: whether it works more than once; only on loopback, for the demo.
        loopback_only: whether it works only on the computer that serves the pages.
        browser_hash: the hash of the asking browser's cookie, where the link is for that one.
        member_id: the mail address of the board member to whom it goes, where it is one.

    Raises:
        NotFound: there is no such representative, organisation, body or colleague.
        ValueError: the system can't sign in, or a reusable link would work from elsewhere.
    """
    actor.must(Right.GIVE_ACCESS)
    if not holder.may(Right.SIGN_IN):
        raise ValueError("the system itself doesn't sign in")
    if reusable and not loopback_only:
        raise ValueError("a link that works more than once works on loopback only")
    if not exists(session, holder):
        noun = _SUBJECTS[holder.role][1] if holder.role in _SUBJECTS else "medewerker"
        raise NotFound(noun, holder.subject or holder.staff or "")
    token = new_token()
    session.add(
        SignInLink(
            token_hash=hashed(token),
            role=holder.role,
            subject_id=holder.subject,
            member_id=member_id,
            staff_id=holder.staff,
            browser_hash=browser_hash,
            expires_at=at + timedelta(minutes=minutes),
            reusable=reusable,
            loopback_only=loopback_only,
        )
    )
    audits.record(session, actor, "invite", noun=holder.role, noun_id=holder.subject or "", at=at)
    return f"{base_url}/inloggen/{token}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Redeemed:
    """What a link was good for: whom it signs in, and whether that was on this very computer.

    `member_id` is the mail address of the board member it was sent to, where it was one.
    """

    holder: Actor
    on_this_computer: bool
    member_id: str = ""


def holder_of(
    session: Session, token: str, *, loopback: bool, browser: str = "", at: datetime
) -> Actor:
    """Whom a link would sign in; looking changes nothing.

    Args:
        session: the session.
        token: the link's last part.
        loopback: whether who asks sits at the computer that serves the pages.
        browser: the cookie of a browser that asked for a link; empty where it has none.
        at: the present instant.

    Raises:
        SpentLink: it has been used or has run out, or never was.
        WrongComputer: it works on loopback only, and this isn't.
        WrongBrowser: another browser asked for it.
    """
    link = session.get(SignInLink, hashed(token))
    if link is None or link.expires_at <= at or (link.used_at and not link.reusable):
        raise SpentLink
    if link.loopback_only and not loopback:
        raise WrongComputer
    if link.browser_hash and not hmac.compare_digest(link.browser_hash, hashed(browser)):
        raise WrongBrowser
    holder = Actor(link.role, link.subject_id, link.staff_id)
    if not exists(session, holder):
        raise SpentLink
    return holder


def opens_at_once(session: Session, token: str) -> bool:
    """Whether opening the link may already use it.

    One that works on this computer only never was in a mail, so no mail program opens it to scan.
    """
    link = session.get(SignInLink, hashed(token))
    return link is not None and link.loopback_only


def redeem(
    session: Session, token: str, *, loopback: bool, browser: str = "", at: datetime
) -> Redeemed:
    """Use a link; what it was good for is a session to be opened.

    Raises:
        SpentLink: see `holder_of`; of two at the same moment, one gets this.
        WrongComputer, WrongBrowser: see `holder_of`.
    """
    holder = holder_of(session, token, loopback=loopback, browser=browser, at=at)
    here = opens_at_once(session, token)
    _spend(session, token, at)
    link = session.get_one(SignInLink, hashed(token))
    return Redeemed(holder=holder, on_this_computer=here, member_id=link.member_id)


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


def exists(session: Session, holder: Actor) -> bool:
    """Whether there still is somebody to sign in: nobody does as who has gone."""
    if holder.staff is not None:
        row = session.get(Staff, holder.staff)
        return row is not None and row.role is holder.role and row.ended_at is None
    if holder.role not in _SUBJECTS:
        return True
    table, _ = _SUBJECTS[holder.role]
    return session.get(table, holder.subject) is not None
