"""The mail in which somebody is asked to stand in."""

from collections.abc import Iterator

from sqlmodel import Session

from scheduler.db import published, stand_ins
from scheduler.db.stand_ins import StandInView
from scheduler.db.tables import MailAddress, Outgoing
from scheduler.db.views import MeetingView
from scheduler.domain.access import SYSTEM
from scheduler.domain.terms import Part, StandInState
from scheduler.flows.attending.mailed_links import stand_in_link
from scheduler.flows.stand_in.ask import UID
from scheduler.flows.stand_in.errors import NotNeeded
from scheduler.mail import Office, Parcel, Wording, moment, notice


def stand_in_letter(
    session: Session, office: Office, row: Outgoing, address: MailAddress
) -> Parcel:
    """The letter of one request to one person.

    Raises:
        NotFound: this person isn't asked.
        NotNeeded: nobody is looked for any more.
    """
    person = address.representative_id or ""
    asked = stand_ins.request_of(session, person, row.uid.removeprefix(UID))
    if asked.state is not StandInState.OPEN:
        raise NotNeeded
    meeting = published.published_meeting(session, SYSTEM, asked.meeting_id)
    link = stand_in_link(office.links, office.base_url, asked.id, person)
    return notice(
        office,
        _wording(asked, meeting, person, link),
        address=office.addresses.open(address.sealed).decode(),
        name=f"{row.uid}/{person}",
        sent_at=row.created_at,
    )


def _wording(asked: StandInView, meeting: MeetingView, person: str, link: str) -> Wording:
    return Wording(
        subject=f"Kunt u gaan? {meeting.title}",
        sentences=tuple(_sentences(asked, meeting, person)),
        facts=(
            ("Overleg", meeting.title),
            ("Wanneer", moment(meeting.starts_at, meeting.ends_at)),
            ("Waar", ", ".join(filter(None, [meeting.place_name, meeting.address])) or "Online"),
        ),
        link=link,
        link_text="Zeg of u gaat",
        closing=(
            f"U krijgt deze mail omdat {asked.who.name} iemand zoekt.",
            "Kunt u niet? Dan hoeft u niets te doen.",
        ),
    )


def _sentences(asked: StandInView, meeting: MeetingView, person: str) -> Iterator[str]:
    own = asked.asks(person)
    if asked.part is Part.DEPUTY:
        yield f"{asked.who.name} kan niet klaarstaan als vervanger bij dit overleg."
    else:
        yield f"{asked.who.name} kan niet naar dit overleg."
    if own is not None and own.agreed:
        yield f"{asked.who.name} schrijft dat u al ja heeft gezegd. Klopt dat? Zeg het zelf even."
    elif meeting.deputy is not None and meeting.deputy.representative_id == person:
        yield "U staat klaar als vervanger. Gaat u?"
    else:
        yield "U kunt en mag dan wel. Gaat u?"
    yield "Wie het eerst ja zegt, gaat. Daarna klopt ieders agenda meteen."
