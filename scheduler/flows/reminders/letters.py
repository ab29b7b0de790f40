"""The letters that remind: each says why it comes, and where it is turned off."""

from collections.abc import Iterator

from sqlmodel import Session

from scheduler.db.tables import MailAddress, Outgoing
from scheduler.db.views import MeetingView
from scheduler.domain.errors import NothingToDo, Sentence
from scheduler.domain.terms import MailKind
from scheduler.flows.attending.mailed_links import answer_link
from scheduler.flows.reminders.choice import off_link
from scheduler.flows.reminders.queue import AHEAD, meetings_ahead
from scheduler.mail import Office, Parcel, Wording, moment, notice

_PASSED = Sentence("Dit is niet meer nodig.", "This is no longer needed.")


def reminder_letter(
    session: Session, office: Office, row: Outgoing, address: MailAddress
) -> Parcel:
    """The reminder of one meeting; NothingToDo where its reader isn't going there any more."""
    person = address.representative_id or ""
    coming = meetings_ahead(session, person, at=row.created_at)
    meeting = next((each for each in coming if each.id == row.meeting_id), None)
    if meeting is None:
        raise NothingToDo(_PASSED)
    wording = Wording(
        subject=f"Herinnering: {meeting.title}",
        sentences=("Binnenkort gaat u naar dit overleg.",),
        facts=tuple(_facts(meeting)),
        link=answer_link(office.links, office.base_url, person, meeting.id),
        link_text="Bekijk het overleg, of zeg dat u niet kunt",
        closing=("U krijgt deze mail omdat u om herinneringen vroeg.",),
        off_link=off_link(office.links, office.base_url, person, MailKind.REMINDER),
        off_text="Geen herinneringen meer",
    )
    return _letter(office, row, address, wording)


def digest_letter(session: Session, office: Office, row: Outgoing, address: MailAddress) -> Parcel:
    """What is coming in two weeks; NothingToDo where there is nothing any more."""
    person = address.representative_id or ""
    coming = meetings_ahead(session, person, at=row.created_at)
    soon = [each for each in coming if each.starts_at <= row.created_at + AHEAD]
    if not soon:
        raise NothingToDo(_PASSED)
    count = "één overleg" if len(soon) == 1 else f"{len(soon)} overleggen"
    wording = Wording(
        subject=f"Deze en volgende week: {count}",
        sentences=(f"U heeft de komende twee weken {count}.",),
        facts=tuple((each.title, f"{_when(each)}, {_where(each)}") for each in soon),
        link=f"{office.base_url}/",
        link_text="Al uw overleggen",
        closing=("U krijgt deze mail omdat u om een weekbericht vroeg.",),
        off_link=off_link(office.links, office.base_url, person, MailKind.DIGEST),
        off_text="Geen weekbericht meer",
    )
    return _letter(office, row, address, wording)


def _letter(office: Office, row: Outgoing, address: MailAddress, wording: Wording) -> Parcel:
    return notice(
        office,
        wording,
        address=office.addresses.open(address.sealed).decode(),
        name=f"{row.uid}/{address.id}",
        sent_at=row.created_at,
    )


def _facts(meeting: MeetingView) -> Iterator[tuple[str, str]]:
    yield "Overleg", meeting.title
    yield "Wanneer", _when(meeting)
    yield "Waar", _where(meeting)
    if meeting.conference_url:
        yield "Online meedoen", meeting.conference_url


def _when(meeting: MeetingView) -> str:
    return moment(meeting.starts_at, meeting.ends_at)


def _where(meeting: MeetingView) -> str:
    return ", ".join(filter(None, [meeting.place_name, meeting.address])) or "online"
