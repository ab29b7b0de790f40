"""Mail a link to sign in with, to somebody whose address we may use; nobody learns whose we do.

Asking writes the same row for every address, and the clock does the rest. So neither the answer
nor the time that it takes tells whether anybody uses the address.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from scheduler.db.mail_addresses import by_fingerprint, contact_of
from scheduler.db.tables import MailAddress, Outgoing, SignInAsk, Staff
from scheduler.domain.access import SYSTEM, Actor, Right
from scheduler.domain.secrets import hashed
from scheduler.domain.terms import MailKind, MailState, Role
from scheduler.flows.access.sign_in import new_sign_in_link
from scheduler.flows.mail.prepare_mail import keep_letter
from scheduler.mail import Office, Wording, notice, usable_address

_MOST_ASKED, _WITHIN = 5, timedelta(hours=1)


def ask_sign_in_link(
    session: Session, office: Office, typed: str, *, browser: str, at: datetime
) -> None:
    """Ask for a link that works in this browser alone.

    Asked more than five times within the hour for one address, nothing more is written.

    Args:
        session: the session; the caller commits.
        office: the post office.
        typed: the address.
        browser: the secret in the asking browser's cookie.
        at: the present instant.

    Raises:
        BadInput: it isn't an address.
    """
    address = usable_address(typed)
    fingerprint = office.fingerprint(address)
    query = select(func.count()).where(
        SignInAsk.fingerprint == fingerprint, col(SignInAsk.asked_at) > at - _WITHIN
    )
    if session.exec(query).one() < _MOST_ASKED:
        session.add(
            SignInAsk(
                sealed=office.addresses.seal(address.encode()),
                fingerprint=fingerprint,
                browser_hash=hashed(browser),
                asked_at=at,
            )
        )
        session.flush()


def mail_asked_links(session: Session, actor: Actor, office: Office, *, at: datetime) -> int:
    """Put the links that were asked for into the outbox; gives how many.

    They go to a representative, a body's contact person or a colleague with an address in use.
    Who only sent a request has a link of its own for that, and no account. A link lives from now
    on: as many minutes as
    the office says.

    Raises:
        NotAllowed: the actor may not give access.
    """
    actor.must(Right.GIVE_ACCESS)
    waiting = session.exec(
        select(SignInAsk)
        .where(col(SignInAsk.handled_at).is_(None))
        .order_by(col(SignInAsk.id))
        # Of two that answer at once each takes others.
        .with_for_update(skip_locked=True)
    ).all()
    return sum(_answer(session, office, ask, at=at) for ask in waiting)


def _answer(session: Session, office: Office, ask: SignInAsk, *, at: datetime) -> int:
    ask.handled_at = at
    found = _holders(session, by_fingerprint(session, ask.fingerprint))
    for row, holder in found:
        _queue(session, office, row, holder, ask.browser_hash, at=at)
    return len(found)


def _holders(session: Session, rows: Sequence[MailAddress]) -> list[tuple[MailAddress, Actor]]:
    """Whose addresses these are; one of somebody who left is nobody's."""
    found = []
    for row in rows:
        holder = _holder(session, row)
        if holder is not None and row.stopped_at is None:
            found.append((row, holder))
    return found


def _holder(session: Session, row: MailAddress) -> Actor | None:
    if row.representative_id is not None:
        return Actor(Role.REPRESENTATIVE, row.representative_id)
    if row.staff_id is not None:
        colleague = session.get_one(Staff, row.staff_id)
        return None if colleague.ended_at else Actor(colleague.role, staff=colleague.id)
    return contact_of(row)


def _times_asked(session: Session, row: MailAddress) -> int:
    query = select(func.count()).where(
        Outgoing.recipient_id == row.id, Outgoing.kind == MailKind.SIGN_IN
    )
    return session.exec(query).one()


def _queue(
    session: Session,
    office: Office,
    row: MailAddress,
    holder: Actor,
    browser_hash: str,
    *,
    at: datetime,
) -> None:
    link = new_sign_in_link(
        session,
        SYSTEM,
        holder,
        office.base_url,
        minutes=office.sign_in_minutes,
        at=at,
        loopback_only=False,
        browser_hash=browser_hash,
        member_id=row.id if holder.role is Role.BOARD else "",
    )
    mail = Outgoing(
        uid=f"sign-in/{row.id}",
        sequence=_times_asked(session, row),
        kind=MailKind.SIGN_IN,
        recipient_id=row.id,
        urgent=True,
        state=MailState.WAITING,
        created_at=at,
        released_at=at,
        not_before=at,
    )
    letter = notice(
        office,
        _wording(link, office.sign_in_minutes),
        address=office.addresses.open(row.sealed).decode(),
        name=f"{mail.uid}/{mail.sequence}",
        sent_at=at,
    )
    keep_letter(office, mail, letter)
    session.add(mail)
    session.flush()


def _wording(link: str, minutes: int) -> Wording:
    return Wording(
        subject="Inloggen bij Aan Tafel",
        sentences=(
            "Met deze link logt u in bij Aan Tafel.",
            f"De link werkt één keer, binnen {minutes} minuten.",
            "Open hem in de browser waarin u om de link vroeg. In een andere werkt hij niet.",
        ),
        link=link,
        link_text="Inloggen",
        closing=("Vroeg u hier niet om? Doe dan niets.",),
    )
