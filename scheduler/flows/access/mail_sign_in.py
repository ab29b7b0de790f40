"""Mail a link to sign in with, to somebody whose address we may use; nobody learns whose we do."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from scheduler.db.mail_addresses import by_fingerprint, contact_of
from scheduler.db.tables import MailAddress, Outgoing
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.terms import MailKind, MailState, Role
from scheduler.flows.access.sign_in import new_sign_in_link
from scheduler.flows.mail.prepare_mail import keep_letter
from scheduler.mail import Office, Wording, notice, usable_address

_MOST_ASKED, _WITHIN = 5, timedelta(hours=1)


def mail_sign_in_link(
    session: Session, office: Office, typed: str, *, minutes: int, at: datetime
) -> None:
    """Mail a link that signs the address's owner in: a representative, or a body's contact person.

    Who only sent a request has a link of its own for that, and no account.

    Whoever asks hears the same in every case, also when it was asked more than five times within
    the hour, as anybody may ask this.

    Raises:
        BadInput: it isn't an address.
    """
    address = usable_address(typed)
    for row in by_fingerprint(session, office.fingerprint(address)):
        holder = _holder(row)
        if holder is None or row.stopped_at is not None:
            continue
        if _times_asked(session, row, since=at - _WITHIN) < _MOST_ASKED:
            _queue(session, office, row, holder, minutes=minutes, at=at)


def _holder(row: MailAddress) -> Actor | None:
    if row.representative_id is not None:
        return Actor(Role.REPRESENTATIVE, row.representative_id)
    return contact_of(row)


def _times_asked(session: Session, row: MailAddress, *, since: datetime | None = None) -> int:
    query = select(func.count()).where(
        Outgoing.recipient_id == row.id, Outgoing.kind == MailKind.SIGN_IN
    )
    if since is not None:
        query = query.where(col(Outgoing.created_at) > since)
    return session.exec(query).one()


def _queue(
    session: Session,
    office: Office,
    row: MailAddress,
    holder: Actor,
    *,
    minutes: int,
    at: datetime,
) -> None:
    link = new_sign_in_link(
        session,
        SYSTEM,
        holder,
        office.base_url,
        minutes=minutes,
        at=at,
        loopback_only=False,
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
        _wording(link, minutes),
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
        ),
        link=link,
        link_text="Inloggen",
        closing=("Vroeg u hier niet om? Doe dan niets.",),
    )
