"""From a row in the outbox to the letter itself: what this recipient reads about this meeting."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from calendars.entry import Entry, Standing
from scheduler.db import people, requests
from scheduler.db.feeds import Subject
from scheduler.db.published import revision_of_meeting
from scheduler.db.tables import (
    Corporation,
    MailAddress,
    MeetingRequest,
    Municipality,
    Outgoing,
    PublicationChange,
    Representative,
)
from scheduler.db.views import MeetingView
from scheduler.domain.access import SYSTEM
from scheduler.domain.terms import ChangeKind, FeedKind, MailKind, MeetingState
from scheduler.flows.attending.mailed_links import answer_link
from scheduler.flows.calendar_builder import entry_of
from scheduler.flows.mail.mail_plan import has_invitation
from scheduler.flows.requests.request_link import follow_address
from scheduler.mail import Office, Parcel, Wording, invitation, moment

_CHANGES = {
    ChangeKind.MOVED: "de tijd",
    ChangeKind.PLACE: "de plek",
    ChangeKind.DETAILS: "de gegevens",
    ChangeKind.ATTENDEES: "wie er komt",
    ChangeKind.DEPUTY: "wie er vervangt",
    ChangeKind.SHADOWS: "wie er meeloopt",
    ChangeKind.VOICES: "wie namens wie spreekt",
}


@dataclass(frozen=True, slots=True)
class _Case:
    """A row with what it is about."""

    row: Outgoing
    meeting: MeetingView
    entry: Entry
    is_contact: bool
    is_change: bool
    kinds: tuple[ChangeKind, ...]
    answer_link: str


def invitation_letter(
    session: Session, office: Office, row: Outgoing, address: MailAddress
) -> Parcel:
    """The letter of an invitation, its change or its taking back; the same for the same rows.

    Raises:
        NotFound: the meeting's revision isn't there any more.
    """
    meeting = revision_of_meeting(session, SYSTEM, row.meeting_id or "", row.sequence)
    kinds = _kinds(session, row)
    return letter_about(session, office, row, address, meeting=meeting, kinds=kinds)


def letter_about(
    session: Session,
    office: Office,
    row: Outgoing,
    address: MailAddress,
    *,
    meeting: MeetingView,
    kinds: Sequence[ChangeKind],
) -> Parcel:
    """The same of a meeting that is given, published or not yet, with what changed about it."""
    subject = _subject(session, address)
    entry = entry_of(meeting, subject, office.base_url)
    case = _Case(
        row=row,
        meeting=meeting,
        entry=_followed(session, office, entry, address),
        is_contact=address.representative_id is None,
        is_change=_is_change(session, row),
        kinds=tuple(kinds),
        answer_link=_answer_link(office, address, meeting),
    )
    wording = _taken_back(case) if row.kind is MailKind.CANCEL else _invited(case)
    return invitation(
        office,
        _as_sent(case, wording),
        wording,
        address=office.addresses.open(address.sealed).decode(),
        name=address.function or subject.name,
        sent_at=row.created_at,
    )


def _answer_link(office: Office, address: MailAddress, meeting: MeetingView) -> str:
    """Where this one person answers without signing in; a municipality has nothing to answer."""
    if any(each.representative_id == address.representative_id for each in meeting.shadows):
        return ""
    if address.representative_id is None:
        return ""
    return answer_link(office.links, office.base_url, address.representative_id, meeting.id)


def _subject(session: Session, address: MailAddress) -> Subject:
    if address.representative_id:
        person = session.get_one(Representative, address.representative_id)
        return Subject(FeedKind.REPRESENTATIVE, person.id, person.label)
    # Only that it isn't somebody's own matters to what it says; the name is the letter's.
    if address.request_id:
        return Subject(FeedKind.PROVINCE, "", _asked_by(session, address.request_id))
    if address.municipality_id:
        municipality = session.get_one(Municipality, address.municipality_id)
        return Subject(FeedKind.MUNICIPALITY, municipality.id, municipality.name)
    if address.corporation_id:
        corporation = session.get_one(Corporation, address.corporation_id)
        return Subject(FeedKind.CORPORATION, corporation.id, corporation.name)
    return Subject(FeedKind.PROVINCE, address.province_id or "", people.province_name(session))


def _asked_by(session: Session, request_id: str) -> str:
    asker = requests.request(session, SYSTEM, request_id).asker
    return asker.name if asker else people.province_name(session)


def _followed(session: Session, office: Office, entry: Entry, address: MailAddress) -> Entry:
    """For who sent the request without an account: the link leads to their own page."""
    row = session.get(MeetingRequest, address.request_id) if address.request_id else None
    if row is None:
        return entry
    link = follow_address(office.addresses.key, office.base_url, row)
    words = entry.description.replace(entry.url or link, link)
    return replace(entry, url=link, description=words)


def _is_change(session: Session, row: Outgoing) -> bool:
    query = select(Outgoing).where(
        Outgoing.uid == row.uid,
        Outgoing.recipient_id == row.recipient_id,
        Outgoing.sequence < row.sequence,
    )
    return has_invitation(session.exec(query).all())


def _kinds(session: Session, row: Outgoing) -> tuple[ChangeKind, ...]:
    query = (
        select(PublicationChange)
        .where(
            PublicationChange.publication_number == row.publication_number,
            PublicationChange.meeting_id == row.meeting_id,
        )
        .order_by(col(PublicationChange.kind))
    )
    return tuple(each.kind for each in session.exec(query))


def _as_sent(case: _Case, wording: Wording) -> Entry:
    """One whose invitation is taken back hears nothing more about who does come."""
    if case.row.kind is not MailKind.CANCEL:
        return case.entry
    return replace(
        case.entry,
        standing=Standing.CANCELLED,
        blocks=False,
        description="\n".join(wording.sentences),
    )


def _invited(case: _Case) -> Wording:
    meeting, entry = case.meeting, case.entry
    if case.is_change:
        lead = "Let op, gewijzigd" if case.row.urgent else "Gewijzigd"
        changed = [_CHANGES[kind] for kind in case.kinds if kind in _CHANGES]
        first = [f"Dit overleg is veranderd: {', '.join(changed)}."] if changed else []
    else:
        lead = "Uitnodiging"
        first = [_welcome(case)]
    *sentences, _page = entry.description.split("\n")
    return Wording(
        subject=f"{lead}: {entry.title}",
        sentences=(*first, *sentences),
        facts=tuple(_facts(meeting, entry)),
        link=case.answer_link or entry.url or "",
        link_text="Zeg of u gaat" if case.answer_link else "Alles over dit overleg",
        closing=(_how_to_answer(case),),
    )


def _welcome(case: _Case) -> str:
    if case.is_contact:
        return "Dit overleg met huurders staat op het rooster."
    if not case.answer_link:
        return "U loopt mee met dit overleg."
    return "U bent ingedeeld voor dit overleg."


def _how_to_answer(case: _Case) -> str:
    if case.is_contact:
        return "Klopt er iets niet? Beantwoord deze mail, of stel een andere tijd voor."
    if not case.answer_link:
        return "Kunt u niet? Zeg het op de bladzijde van dit overleg."
    return "Kunt u niet? Zeg het op de bladzijde hierboven. Een reden hoeft niet."


def _facts(meeting: MeetingView, entry: Entry) -> Iterable[tuple[str, str]]:
    yield "Overleg", meeting.title
    yield "Wanneer", moment(meeting.starts_at, meeting.ends_at)
    yield "Waar", entry.location or "Online"
    if entry.conference_url:
        yield "Online meedoen", entry.conference_url


def _taken_back(case: _Case) -> Wording:
    meeting = case.meeting
    if meeting.state is MeetingState.CANCELLED:
        lead, sentence = "Gaat niet door", "Dit overleg gaat niet door."
    elif case.is_contact:
        lead, sentence = "Vervallen", "U krijgt over dit overleg geen uitnodiging meer."
    else:
        lead, sentence = "Vervallen", "U hoeft niet meer naar dit overleg."
    return Wording(
        subject=f"{lead}: {meeting.title}",
        sentences=(sentence, "Uw agenda haalt het vanzelf weg, of vraagt of dat mag."),
        facts=(
            ("Overleg", meeting.title),
            ("Wanneer", moment(meeting.starts_at, meeting.ends_at)),
        ),
    )
