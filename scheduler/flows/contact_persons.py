"""The contact persons of municipalities, whom the coordinator has invited by mail."""

from datetime import datetime

from sqlmodel import Session

from scheduler.db import audits
from scheduler.db.mail_addresses import contacts
from scheduler.db.tables import MailAddress, Municipality
from scheduler.domain.access import Actor
from scheduler.domain.errors import BadInput, NotFound, Sentence
from scheduler.flows.address_rows import (
    AddressView,
    address_view,
    new_row,
    refuse_in_use,
    start_mailing,
    stop_mailing,
)
from scheduler.flows.coming_meetings import coming_meetings
from scheduler.flows.queue_invitations import queue_invitations
from scheduler.mail import Office, usable_address

_LONGEST_FUNCTION = 80
_NO_FUNCTION = Sentence(
    "Vul de functie in, in hooguit 80 tekens, zoals: beleidsmedewerker wonen.",
    "Give the function, in 80 characters at most, such as: housing policy officer.",
)


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
    row = new_row(office, usable_address(typed), at)
    row.municipality_id, row.function = municipality_id, name
    refuse_in_use(session, row)
    session.add(row)
    session.flush()
    row = start_mailing(session, row, at)
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
    stop_mailing(session, row, at)
    audits.record(session, actor, "remove", noun="contact", noun_id=row.municipality_id, at=at)


def contact_persons(session: Session, actor: Actor, office: Office) -> tuple[AddressView, ...]:
    """All contact persons in use, by municipality, for who plans for all."""
    found = contacts(session, actor)
    return tuple(address_view(office, row, owner=municipality.name) for row, municipality in found)
