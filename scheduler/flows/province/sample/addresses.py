"""Made-up mail addresses, so that the outbox of the demo can be seen at work.

They end in `.example`, which no mail server serves (RFC 2606): nothing ever reaches anybody.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.db.tables import MailAddress, Municipality, Organisation, Representative
from scheduler.domain.access import Actor
from scheduler.domain.terms import Role
from scheduler.flows.mail.address_rows import new_row, start_mailing
from scheduler.flows.mail.board_members import add_board_member
from scheduler.flows.mail.contact_persons import add_contact
from scheduler.flows.mail.queue_invitations import queue_invitations
from scheduler.flows.publishing.coming_meetings import coming_meetings
from scheduler.mail import Office

SAMPLE_FUNCTION = "beleidsmedewerker wonen (voorbeeld)"
SAMPLE_BOARD = ("voorzitter (voorbeeld)", "secretaris (voorbeeld)")
_PEOPLE, _MUNICIPALITIES = 2, 1


def add_sample_addresses(session: Session, actor: Actor, office: Office, *, at: datetime) -> int:
    """Mail sample people, boards and a contact person from now on; gives how many addresses.

    Their invitations to what is coming wait in the outbox to be seen.

    Raises:
        NotAllowed: the actor doesn't plan for all.
    """
    actor.must_plan_for_all()
    people = session.exec(
        select(Representative).where(col(Representative.is_sample)).order_by(Representative.id)
    ).all()[:_PEOPLE]
    for person in people:
        _mail_person(session, actor, office, person, at)
    towns = session.exec(select(Municipality).order_by(Municipality.name)).all()[:_MUNICIPALITIES]
    for town in towns:
        body = Actor(Role.MUNICIPALITY, town.id)
        address = f"wonen@{town.id.lower()}.example"
        add_contact(session, actor, office, body, function=SAMPLE_FUNCTION, typed=address, at=at)
    boards = _mail_boards(session, actor, office, at)
    return len(people) + len(towns) + boards


def _mail_boards(session: Session, actor: Actor, office: Office, at: datetime) -> int:
    """Two board members everywhere: some boards give a mandate only when two agree."""
    organisations = session.exec(select(Organisation.id).order_by(Organisation.id)).all()
    for organisation in organisations:
        for function in SAMPLE_BOARD:
            address = f"{function.partition(' ')[0]}@{organisation}.example"
            add_board_member(
                session, actor, office, organisation, function=function, typed=address, at=at
            )
    return len(organisations) * len(SAMPLE_BOARD)


def _mail_person(
    session: Session, actor: Actor, office: Office, person: Representative, at: datetime
) -> None:
    row: MailAddress = new_row(office, f"{person.id}@afgevaardigden.example", at)
    row.representative_id = person.id
    session.add(row)
    session.flush()
    row = start_mailing(session, row, at)
    meetings = coming_meetings(session, at=at)
    queue_invitations(session, actor, meetings, None, held=True, only=row, at=at)
