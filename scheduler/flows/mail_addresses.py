"""Who is mailed where: asked for by a representative and confirmed by mail, or told by a town."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, exists
from sqlmodel import Session, col, func, select

from scheduler.db import audits
from scheduler.db.mail_addresses import by_fingerprint, contacts, of_representative
from scheduler.db.tables import (
    MailAddress,
    Municipality,
    Outgoing,
    PublishedMeeting,
    Representative,
)
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.errors import BadInput, NotFound, Sentence, SpentLink
from scheduler.domain.ids import new_id
from scheduler.domain.secrets import hashed, new_token
from scheduler.domain.terms import MailKind, MailState, Role
from scheduler.flows.coming_meetings import coming_meetings
from scheduler.flows.prepare_mail import keep_letter
from scheduler.flows.queue_invitations import queue_invitations
from scheduler.mail import Office, Wording, notice, usable_address

_CONFIRM_WITHIN = timedelta(hours=24)
_MOST_ASKED = 5
_LONGEST_FUNCTION = 80

_ASKED_TOO_OFTEN = Sentence(
    "U heeft vandaag al vijf keer een mail gevraagd. Probeer het morgen opnieuw.",
    "You have asked for a mail five times today. Please try again tomorrow.",
)
_IN_USE = Sentence(
    "Dit mailadres gebruikt al iemand anders. Kies een ander adres.",
    "Somebody else uses this mail address already. Choose another.",
)
_NO_FUNCTION = Sentence(
    "Vul de functie in, in hooguit 80 tekens, zoals: beleidsmedewerker wonen.",
    "Give the function, in 80 characters at most, such as: housing policy officer.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressView:
    """An address as its owner or the coordinator sees it; `owner` is whose, in words."""

    id: str
    owner: str
    function: str
    address: str = field(repr=False)
    confirmed: bool


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
    row = _new_row(office, address, at)
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


def _new_row(office: Office, address: str, at: datetime) -> MailAddress:
    return MailAddress(
        id=new_id("ma"),
        sealed=office.addresses.seal(address.encode()),
        fingerprint=office.fingerprint(address),
        created_at=at,
    )


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
    _refuse_in_use(session, row)
    for older in of_representative(session, SYSTEM, owner.subject or ""):
        if older is not row:
            older.stopped_at = at
    session.flush()
    row = _start(session, row, at)
    audits.record(session, owner, "confirm", noun="mail", noun_id=owner.subject or "", at=at)
    queue_invitations(
        session, SYSTEM, coming_meetings(session, at=at), None, held=False, only=row, at=at
    )


def _start(session: Session, row: MailAddress, at: datetime) -> MailAddress:
    """Confirm the row; one of the same owner that was stopped earlier goes on instead.

    So an address keeps the history of what it got, and is never told two things at once.
    """
    for earlier in by_fingerprint(session, row.fingerprint):
        if earlier is not row and _owner(earlier) == _owner(row):
            session.delete(row)
            session.flush()
            earlier.stopped_at, earlier.confirmed_at, earlier.function = None, at, row.function
            session.flush()
            return earlier
    row.confirmed_at, row.confirm_hash, row.confirm_until = at, None, None
    session.add(row)
    session.flush()
    return row


def _refuse_in_use(session: Session, row: MailAddress) -> None:
    """One address stands for one attendee of a meeting; towns have no meetings in common."""
    for other in by_fingerprint(session, row.fingerprint):
        both_towns = other.municipality_id is not None and row.municipality_id is not None
        if _owner(other) != _owner(row) and not both_towns:
            raise BadInput(_IN_USE)


def _owner(row: MailAddress) -> tuple[str | None, str | None]:
    return row.representative_id, row.municipality_id


def stop_mail(session: Session, actor: Actor, representative_id: str, *, at: datetime) -> None:
    """Stop mailing a representative; NotFound where it is somebody else.

    What stands in the person's calendar by mail is taken out when that meeting changes.
    """
    for row in of_representative(session, actor, representative_id):
        _stop(session, row, at)
    audits.record(session, actor, "stop", noun="mail", noun_id=representative_id, at=at)


def add_contact(
    session: Session,
    actor: Actor,
    office: Office,
    municipality_id: str,
    *,
    function: str,
    typed: str,
    at: datetime,
) -> str:
    """Invite a municipality's contact person from now on; gives the address's identifier.

    The invitations to what is coming wait in the outbox to be seen.

    Raises:
        NotAllowed: the actor doesn't plan for all.
        NotFound: there is no such municipality.
        BadInput: it isn't an address, or has no function, or somebody else uses it.
    """
    actor.must_plan_for_all()
    if session.get(Municipality, municipality_id) is None:
        raise NotFound("gemeente", municipality_id)
    name = " ".join(function.split())
    if not 0 < len(name) <= _LONGEST_FUNCTION:
        raise BadInput(_NO_FUNCTION)
    row = _new_row(office, usable_address(typed), at)
    row.municipality_id, row.function = municipality_id, name
    _refuse_in_use(session, row)
    session.add(row)
    session.flush()
    row = _start(session, row, at)
    audits.record(session, actor, "add", noun="contact", noun_id=municipality_id, at=at)
    queue_invitations(
        session, actor, coming_meetings(session, at=at), None, held=True, only=row, at=at
    )
    return row.id


def remove_contact(session: Session, actor: Actor, address_id: str, *, at: datetime) -> None:
    """Stop mailing a contact person; NotFound where there is none."""
    actor.must_plan_for_all()
    row = session.get(MailAddress, address_id)
    if row is None or row.municipality_id is None or row.stopped_at is not None:
        raise NotFound("contactpersoon", address_id)
    _stop(session, row, at)
    audits.record(session, actor, "remove", noun="contact", noun_id=row.municipality_id, at=at)


def _stop(session: Session, row: MailAddress, at: datetime) -> None:
    if row.confirmed_at is None:
        session.delete(row)
        return
    row.stopped_at = at


def addresses_of(
    session: Session, actor: Actor, office: Office, representative_id: str
) -> tuple[AddressView, ...]:
    """A representative's address in use, and one that waits to be confirmed."""
    rows = of_representative(session, actor, representative_id)
    return tuple(_view(office, row, owner="") for row in rows)


def contact_persons(session: Session, actor: Actor, office: Office) -> tuple[AddressView, ...]:
    """All contact persons in use, by municipality, for who plans for all."""
    found = contacts(session, actor)
    return tuple(_view(office, row, owner=municipality.name) for row, municipality in found)


def _view(office: Office, row: MailAddress, *, owner: str) -> AddressView:
    return AddressView(
        id=row.id,
        owner=owner,
        function=row.function,
        address=office.addresses.open(row.sealed).decode(),
        confirmed=row.confirmed_at is not None,
    )


def forget_addresses(session: Session, actor: Actor, *, at: datetime) -> int:
    """Delete addresses that nobody needs any more; gives how many.

    Those that were never confirmed in time, and stopped ones once every meeting that they may
    have been invited to is over.
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
    return int(session.exec(delete(MailAddress).where(unconfirmed | stopped)).rowcount)
