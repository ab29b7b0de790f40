"""The board members of a tenant organisation, each with an address and so a link of their own."""

from datetime import datetime

from sqlmodel import Session

from scheduler.db import audits, people
from scheduler.db.tables import MailAddress
from scheduler.domain.access import Actor
from scheduler.flows.mail.address_rows import new_row, refuse_in_use, start_mailing
from scheduler.flows.mail.contact_persons import function_named
from scheduler.mail import Office, usable_address


def add_board_member(
    session: Session,
    actor: Actor,
    office: Office,
    organisation_id: str,
    *,
    function: str,
    typed: str,
    at: datetime,
) -> str:
    """Mail a board member from now on; gives the address's identifier.

    They can sign in for their board by a mailed link, and are asked for mandates and input. A
    board member isn't invited to meetings: who attends is.

    Raises:
        NotAllowed: the actor doesn't plan for all.
        NotFound: there is no such organisation.
        BadInput: it isn't an address, or has no function, or somebody else uses it.
    """
    actor.must_plan_for_all()
    people.organisation(session, organisation_id)
    row: MailAddress = new_row(office, usable_address(typed), at)
    row.organisation_id, row.function = organisation_id, function_named(function)
    refuse_in_use(session, row)
    session.add(row)
    session.flush()
    row = start_mailing(session, row, at)
    audits.record(session, actor, "add", noun="board_member", noun_id=organisation_id, at=at)
    return row.id
