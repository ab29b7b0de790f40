"""Mail for a representative: asked for, confirmed by a mailed link, stopped, and forgotten."""

from datetime import datetime, timedelta

from sqlalchemy import delete, exists
from sqlmodel import Session, col, func, select

from scheduler.db import audits
from scheduler.db.mail_addresses import of_representative
from scheduler.db.tables import (
    MailAddress,
    Outgoing,
    PublishedMeeting,
    Representative,
    RequestTime,
)
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.errors import BadInput, NotFound, Sentence, SpentLink
from scheduler.domain.secrets import hashed, new_token
from scheduler.domain.terms import MailKind, MailState, Role
from scheduler.domain.times import local
from scheduler.flows.mail.address_rows import (
    AddressView,
    address_view,
    new_row,
    refuse_in_use,
    start_mailing,
    stop_mailing,
)
from scheduler.flows.mail.prepare_mail import keep_letter
from scheduler.flows.mail.queue_invitations import queue_invitations
from scheduler.flows.publishing.coming_meetings import coming_meetings
from scheduler.mail import Office, Wording, notice, usable_address

_CONFIRM_WITHIN = timedelta(hours=24)
_REMEMBERED = timedelta(days=30)
_MOST_ASKED = 5

_ASKED_TOO_OFTEN = Sentence(
    "U heeft vandaag al vijf keer een mail gevraagd. Probeer het morgen opnieuw.",
    "You have asked for a mail five times today. Please try again tomorrow.",
)


def ask_mail(
    session: Session,
    actor: Actor,
    office: Office,
    representative_id: str,
    typed: str,
    *,
    at: datetime,
) -> None:
    """Ask to be mailed as well: a mail with a link goes to the address, and nothing else yet.

    Raises:
        NotFound: there is no such representative, or it isn't the actor.
        BadInput: it isn't an address, or this was asked too often today.
    """
    for waiting in of_representative(session, actor, representative_id):
        if waiting.confirmed_at is None:
            session.delete(waiting)
    if session.get(Representative, representative_id) is None:
        raise NotFound("afgevaardigde", representative_id)
    address, number = usable_address(typed), _times_asked(session, representative_id, at)
    token = new_token()
    row = new_row(office, address, at)
    row.representative_id, row.confirm_hash = representative_id, hashed(token)
    row.confirm_until = at + _CONFIRM_WITHIN
    session.add(row)
    mail = Outgoing(
        uid=_confirmations_of(representative_id),
        sequence=number,
        kind=MailKind.CONFIRM,
        recipient_id=row.id,
        state=MailState.WAITING,
        created_at=at,
        released_at=at,
        not_before=at,
    )
    wording = _please_confirm(f"{office.base_url}/mail/bevestigen/{token}")
    keep_letter(
        office,
        mail,
        notice(office, wording, address=address, name=f"{mail.uid}/{number}", sent_at=at),
    )
    session.add(mail)
    audits.record(session, actor, "ask", noun="mail", noun_id=representative_id, at=at)
    session.flush()


def _times_asked(session: Session, representative_id: str, at: datetime) -> int:
    """How often this representative ever asked; refuses where that was too often of late."""
    uid = _confirmations_of(representative_id)
    lately = select(func.count()).where(
        Outgoing.uid == uid, col(Outgoing.created_at) > at - _CONFIRM_WITHIN
    )
    if session.exec(lately).one() >= _MOST_ASKED:
        raise BadInput(_ASKED_TOO_OFTEN)
    return session.exec(select(func.count()).where(Outgoing.uid == uid)).one()


def _confirmations_of(representative_id: str) -> str:
    return f"confirm/{representative_id}"


def _please_confirm(link: str) -> Wording:
    return Wording(
        subject="Bevestig uw mailadres voor Aan Tafel",
        sentences=(
            "Iemand vroeg om uitnodigingen voor overleggen naar dit adres te mailen.",
            "Was u dat? Open dan deze link en klik op de knop. De link werkt één dag.",
        ),
        link=link,
        link_text="Mijn mailadres bevestigen",
        closing=("Was u het niet? Doe dan niets. U krijgt geen mail meer.",),
    )


def asks_for(session: Session, token: str, *, at: datetime) -> MailAddress:
    """The address that a mailed link confirms; looking changes nothing.

    Raises:
        SpentLink: it has been used or has run out, or never was.
    """
    query = select(MailAddress).where(MailAddress.confirm_hash == hashed(token))
    row = session.exec(query).first()
    if row is None or row.confirm_until is None or row.confirm_until <= at:
        raise SpentLink
    return row


def confirm_mail(session: Session, token: str, *, at: datetime) -> None:
    """Begin to mail an address, with invitations to what is coming; it takes an older one's place.

    Raises:
        SpentLink: see `asks_for`.
        BadInput: somebody else uses the address.
    """
    row = asks_for(session, token, at=at)
    owner = Actor(Role.REPRESENTATIVE, row.representative_id)
    refuse_in_use(session, row)
    for older in of_representative(session, SYSTEM, owner.subject or ""):
        if older is not row:
            older.stopped_at = at
    session.flush()
    row = start_mailing(session, row, at)
    audits.record(session, owner, "confirm", noun="mail", noun_id=owner.subject or "", at=at)
    queue_invitations(
        session, SYSTEM, coming_meetings(session, at=at), None, held=False, only=row, at=at
    )


def stop_mail(session: Session, actor: Actor, representative_id: str, *, at: datetime) -> None:
    """Stop mailing a representative; NotFound where it is somebody else.

    What stands in the person's calendar by mail is taken out when that meeting changes.
    """
    for row in of_representative(session, actor, representative_id):
        stop_mailing(session, row, at)
    audits.record(session, actor, "stop", noun="mail", noun_id=representative_id, at=at)


def addresses_of(
    session: Session, actor: Actor, office: Office, representative_id: str
) -> tuple[AddressView, ...]:
    """A representative's address in use, and one that waits to be confirmed."""
    rows = of_representative(session, actor, representative_id)
    return tuple(address_view(office, row, owner="") for row in rows)


def forget_addresses(session: Session, actor: Actor, *, at: datetime) -> int:
    """Delete addresses that nobody needs any more; gives how many.

    Those that were never confirmed in time, stopped ones once every meeting that they may have
    been invited to is over, and those of requests 30 days after the last possible time.
    """
    actor.must_plan_for_all()
    awaited = exists().where(
        col(Outgoing.recipient_id) == col(MailAddress.id),
        col(Outgoing.kind) == MailKind.REQUEST,
        col(PublishedMeeting.uid) == col(Outgoing.uid),
        col(PublishedMeeting.ends_at) > at,
    )
    unconfirmed = col(MailAddress.confirmed_at).is_(None) & (col(MailAddress.confirm_until) <= at)
    stopped = col(MailAddress.stopped_at).is_not(None) & ~awaited
    asked_lately = exists().where(
        col(RequestTime.request_id) == col(MailAddress.request_id),
        col(RequestTime.day) >= local(at).date() - _REMEMBERED,
    )
    past = col(MailAddress.request_id).is_not(None) & ~asked_lately
    return int(session.exec(delete(MailAddress).where(unconfirmed | stopped | past)).rowcount)
