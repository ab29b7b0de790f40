"""The contact persons of bodies that ask, whom the coordinator has invited by mail."""

from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.db import audits, people
from scheduler.db.mail_addresses import contact_of, contacts
from scheduler.db.tables import MailAddress
from scheduler.domain.access import Actor
from scheduler.domain.errors import BadInput, NotFound, Sentence
from scheduler.domain.terms import Role
from scheduler.flows.mail.address_rows import (
    AddressView,
    address_view,
    new_row,
    refuse_in_use,
    start_mailing,
    stop_mailing,
)
from scheduler.flows.mail.queue_invitations import queue_invitations
from scheduler.flows.publishing.coming_meetings import coming_meetings
from scheduler.flows.requests.requesting import Asker, may_ask_for
from scheduler.mail import Office, usable_address

_LONGEST_FUNCTION = 80
_NO_FUNCTION = Sentence(
    "Vul de functie in, in hooguit 80 tekens, zoals: beleidsmedewerker wonen, of: voorzitter.",
    "Give the function, in 80 characters at most, such as: housing policy officer, or: chair.",
)


def add_contact(
    session: Session,
    actor: Actor,
    office: Office,
    body: Actor,
    *,
    function: str,
    typed: str,
    at: datetime,
) -> str:
    """Invite a body's contact person from now on; gives the address's identifier.

    They can sign in for their body by a mailed link as well.

    The invitations to what is coming wait in the outbox to be seen.

    Raises:
        NotAllowed: the actor doesn't plan for all.
        NotFound: there is no such body.
        BadInput: it isn't an address, or has no function, or somebody else uses it.
    """
    actor.must_plan_for_all()
    asker = Asker.who_is(body)
    may_ask_for(session, actor, asker)
    name = function_named(function)
    row = new_row(office, usable_address(typed), at)
    row.municipality_id, row.corporation_id = asker.municipality_id, asker.corporation_id
    row.province_id = people.the_province(session).id if body.role is Role.PROVINCE else None
    row.function = name
    refuse_in_use(session, row)
    session.add(row)
    session.flush()
    row = start_mailing(session, row, at)
    audits.record(session, actor, "add", noun="contact", noun_id=body.subject or body.role, at=at)
    queue_invitations(
        session, actor, coming_meetings(session, at=at), None, held=True, only=row, at=at
    )
    return row.id


def function_named(typed: str) -> str:
    """A function as it is kept; BadInput where there is none, or one that is too long."""
    name = " ".join(typed.split())
    if not 0 < len(name) <= _LONGEST_FUNCTION:
        raise BadInput(_NO_FUNCTION)
    return name


def remove_contact(session: Session, actor: Actor, address_id: str, *, at: datetime) -> None:
    """Stop mailing a contact person or board member; NotFound where there is none."""
    actor.must_plan_for_all()
    row = session.get(MailAddress, address_id)
    body = contact_of(row) if row else None
    if row is None or body is None or row.stopped_at is not None:
        raise NotFound("contactpersoon", address_id)
    stop_mailing(session, row, at)
    audits.record(
        session, actor, "remove", noun="contact", noun_id=body.subject or body.role, at=at
    )


def contact_persons(session: Session, actor: Actor, office: Office) -> tuple[AddressView, ...]:
    """All contact persons and board members in use, by whose, for who plans for all."""
    found = contacts(session, actor)
    return tuple(address_view(office, row, owner=name) for row, name in found)


def contact_functions(session: Session, actor: Actor, body: Actor) -> tuple[str, ...]:
    """By which functions a body's own contact persons are known, for itself and the coordinator.

    Raises:
        NotAllowed: the actor is somebody else.
    """
    if not actor.sees_all:
        may_ask_for(session, actor, Asker.who_is(body))
    rows = session.exec(select(MailAddress).where(col(MailAddress.stopped_at).is_(None)))
    return tuple(sorted({row.function for row in rows if contact_of(row) == body}))
