"""The letters about report-backs: asking for one, telling it, and what was said back."""

from collections.abc import Iterator

from babel.dates import format_date
from sqlmodel import Session

from scheduler.db import published, reports
from scheduler.db.report_views import ReactionView, ReportView, Told
from scheduler.db.tables import MailAddress, Outgoing
from scheduler.db.views import MeetingView
from scheduler.domain.access import SYSTEM
from scheduler.domain.errors import NotFound, NothingToDo, Sentence
from scheduler.domain.terms import MailKind, Outcome, ReactionKind
from scheduler.flows.report_back.links import reader_at, reading_link, writing_link
from scheduler.flows.report_back.react import REACTION_UID
from scheduler.flows.report_back.tell import UID
from scheduler.mail import Office, Parcel, Wording, moment, notice

ASK_UID = "report-ask/"
"""What the outbox calls the question for a report, before the meeting."""

_PASSED = Sentence("Dit is niet meer nodig.", "This is no longer needed.")
_OUTCOMES = {
    Outcome.DECIDED: "besloten",
    Outcome.POSTPONED: "uitgesteld",
    Outcome.HEARD: "om te horen",
    Outcome.NOT_DISCUSSED: "niet besproken",
}
_REACTIONS = {
    ReactionKind.THANKS: "bedankt u.",
    ReactionKind.QUESTION: "heeft een vraag.",
    ReactionKind.NOT_ASKED: "schrijft: dit is niet wat wij vroegen.",
}


def ask_letter(session: Session, office: Office, row: Outgoing, address: MailAddress) -> Parcel:
    """The question what was said; NothingToDo where it has been told, or they weren't there."""
    person = address.representative_id or ""
    meeting = _meeting(session, row.uid.removeprefix(ASK_UID))
    there = any(each.representative_id == person for each in meeting.attendees)
    if not there or reports.reported_meetings(session, [meeting.id]):
        raise NothingToDo(_PASSED)
    again = row.sequence > 0
    wording = Wording(
        subject=f"{'Herinnering: wat' if again else 'Wat'} is er besproken? {meeting.title}",
        sentences=(
            "U was bij dit overleg. Wat is er gezegd en besloten?",
            "Korte zinnen zijn genoeg. Het kost u vijf minuten.",
        ),
        facts=_about(meeting),
        link=writing_link(office.links, office.base_url, person, meeting.id),
        link_text="Vertel wat er is besproken",
        closing=(
            "U krijgt deze mail omdat u er namens de huurders was.",
            "Een collega die er ook was mag het ook invullen. Eén keer is genoeg.",
        ),
    )
    return _letter(office, row, address, wording)


def report_letter(session: Session, office: Office, row: Outgoing, address: MailAddress) -> Parcel:
    """The whole report, for who was spoken for; NothingToDo where a correction overtook it."""
    reader = reader_at(address)
    told = _told(session, row)
    if told.report.version != row.sequence:
        raise NothingToDo(_PASSED)
    if not reports.reads_whole(session, reader, told.meeting):
        raise NothingToDo(_PASSED)
    wording = Wording(
        subject=f"{_lead(told.report)}{told.meeting.title}",
        sentences=(_who(told.report),),
        facts=tuple(_facts(told)),
        link=reading_link(office.links, office.base_url, address.id, told.meeting.id),
        link_text="Lees alles, en reageer",
        closing=("U krijgt deze mail omdat iemand daar namens uw organisatie sprak.",),
    )
    return _letter(office, row, address, wording)


def short_letter(session: Session, office: Office, row: Outgoing, address: MailAddress) -> Parcel:
    """The short version, for who follows the table; NothingToDo where they no longer do."""
    reader = reader_at(address)
    try:
        short = reports.short_of(session, reader, row.uid.removeprefix(UID))
    except NotFound as error:
        raise NothingToDo(_PASSED) from error
    if short.version != row.sequence:
        raise NothingToDo(_PASSED)
    wording = Wording(
        subject=f"Wat er is besproken: {short.meeting.title}",
        sentences=(
            moment(short.meeting.starts_at, short.meeting.ends_at),
            *_paragraphs(short.text),
        ),
        link=reading_link(office.links, office.base_url, address.id, short.meeting.id),
        link_text="Lees het op de website",
        closing=(
            "U krijgt deze mail omdat u deze overlegtafel volgt.",
            "Op de website stopt u daarmee, bij Overlegtafels.",
        ),
    )
    return _letter(office, row, address, wording)


def reaction_letter(
    session: Session, office: Office, row: Outgoing, address: MailAddress
) -> Parcel:
    """A reaction for the writer, or the writer's answer for who reacted."""
    reaction = reports.reaction(session, SYSTEM, row.uid.removeprefix(REACTION_UID))
    meeting = _meeting(session, reaction.meeting_id)
    if row.sequence == 0:
        person = address.representative_id or ""
        link = writing_link(office.links, office.base_url, person, meeting.id)
        wording = _reacted(reaction, meeting, f"{link}#reacties")
    else:
        link = reading_link(office.links, office.base_url, address.id, meeting.id)
        wording = _answered(reaction, meeting, link)
    return _letter(office, row, address, wording)


def _reacted(reaction: ReactionView, meeting: MeetingView, link: str) -> Wording:
    return Wording(
        subject=f"Reactie van {reaction.organisation.name}: {meeting.title}",
        sentences=(
            f"{reaction.organisation.name} {_REACTIONS[reaction.kind]}",
            *_paragraphs(reaction.text),
        ),
        facts=_about(meeting),
        link=link,
        link_text="Lees en antwoord",
        closing=("U krijgt deze mail omdat u de terugkoppeling schreef.",),
    )


def _answered(reaction: ReactionView, meeting: MeetingView, link: str) -> Wording:
    return Wording(
        subject=f"Antwoord op uw reactie: {meeting.title}",
        sentences=(f"U schreef: {reaction.text}", *_paragraphs(reaction.answer)),
        facts=_about(meeting),
        link=link,
        link_text="Lees de terugkoppeling",
        closing=("U krijgt deze mail omdat uw organisatie reageerde.",),
    )


def _told(session: Session, row: Outgoing) -> Told:
    try:
        return reports.report_of(session, SYSTEM, row.uid.removeprefix(UID))
    except NotFound as error:
        raise NothingToDo(_PASSED) from error


def _meeting(session: Session, meeting_id: str) -> MeetingView:
    try:
        return published.published_meeting(session, SYSTEM, meeting_id)
    except NotFound as error:
        raise NothingToDo(_PASSED) from error


def _lead(report: ReportView) -> str:
    return "Verbeterd: " if report.version > 1 else "Wat er is besproken: "


def _who(report: ReportView) -> str:
    if report.version > 1:
        why = f" De reden: {report.why}" if report.why else ""
        return f"{report.writer.name} heeft de terugkoppeling verbeterd.{why}"
    return f"{report.writer.name} was erbij en vertelt wat er is gezegd en besloten."


def _facts(told: Told) -> Iterator[tuple[str, str]]:
    yield "Wanneer", moment(told.meeting.starts_at, told.meeting.ends_at)
    for item in told.report.items:
        yield item.title, ". ".join(filter(None, [_OUTCOMES[item.outcome].capitalize(), item.said]))
    for action in told.report.actions:
        day = format_date(action.due_on, "d MMMM y", locale="nl") if action.due_on else "geen dag"
        yield "Afspraak", f"{action.what} ({day})"
    if told.report.coming:
        yield "Wat hierna komt", told.report.coming


def _about(meeting: MeetingView) -> tuple[tuple[str, str], ...]:
    return (
        ("Overleg", meeting.title),
        ("Wanneer", moment(meeting.starts_at, meeting.ends_at)),
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split("\n\n") if each.strip())


def _letter(office: Office, row: Outgoing, address: MailAddress, wording: Wording) -> Parcel:
    return notice(
        office,
        wording,
        address=office.addresses.open(address.sealed).decode(),
        name=f"{row.kind}/{row.uid}/{row.sequence}/{address.id}",
        sent_at=row.created_at,
    )


LETTERS = {
    MailKind.REPORT_ASK: ask_letter,
    MailKind.REPORT: report_letter,
    MailKind.REPORT_SHORT: short_letter,
    MailKind.REACTION: reaction_letter,
}
"""Who writes which of them."""
