"""The mail in which a board member is asked what the organisation wants said."""

from babel.dates import format_date
from sqlmodel import Session

from scheduler.db.input import asked_at_meetings, versions_of
from scheduler.db.published import published_meeting
from scheduler.db.tables import MailAddress, Outgoing
from scheduler.domain.access import SYSTEM
from scheduler.domain.errors import NothingToDo, Sentence
from scheduler.domain.terms import MeetingState
from scheduler.flows.input.ask import REMINDER
from scheduler.flows.input.author import input_link
from scheduler.mail import Office, Parcel, Wording, moment, notice

_NOT_NEEDED = Sentence("Dit is niet meer nodig.", "This is no longer needed.")


def input_letter(session: Session, office: Office, row: Outgoing, address: MailAddress) -> Parcel:
    """The question, or the reminder of it.

    Raises:
        NotFound: the meeting isn't published any more.
        NothingToDo: it is off, or the organisation has given its input meanwhile.
    """
    meeting = published_meeting(session, SYSTEM, row.meeting_id or "")
    asked = asked_at_meetings(session, SYSTEM, [meeting], office.input_days).get(meeting.id)
    given = versions_of(session, SYSTEM, meeting.id, address.organisation_id or "")
    if asked is None or given or meeting.state is MeetingState.CANCELLED:
        raise NothingToDo(_NOT_NEEDED)
    last_day = format_date(asked.last_day, "EEEE d MMMM y", locale="nl")
    reminds = row.sequence == REMINDER
    wording = Wording(
        subject=f"{'Herinnering: wat' if reminds else 'Wat'} vindt u? {meeting.title}",
        sentences=(
            "Wij hoorden nog niet wat uw organisatie vindt. Het kan nog."
            if reminds
            else "Uw organisatie heeft belang bij dit overleg. Wat moet daar gezegd worden?",
            "Het kost vijf minuten. Het kan op uw telefoon.",
        ),
        facts=(
            ("Overleg", meeting.title),
            ("Wanneer", moment(meeting.starts_at, meeting.ends_at)),
            ("Antwoord graag uiterlijk", last_day),
        ),
        link=input_link(office.links, office.base_url, address.id, meeting.id),
        link_text="Zeg wat u vindt",
        closing=(
            "Deze link is van u alleen. Andere bestuursleden kregen hun eigen link.",
            "Eén van u bevestigt. Daarna kan het nog veranderen, tot het overleg begint.",
        ),
    )
    return notice(
        office,
        wording,
        address=office.addresses.open(address.sealed).decode(),
        name=f"{row.uid}/{row.sequence}/{address.id}",
        sent_at=row.created_at,
    )
