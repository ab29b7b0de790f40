"""A board's digest as a letter, in plain Dutch, with a link to stop it (RFC 8058)."""

from collections.abc import Iterator

from babel.dates import format_date
from sqlmodel import Session

from scheduler.db.report_views import Told
from scheduler.db.tables import MailAddress, Outgoing
from scheduler.db.views import MeetingView
from scheduler.domain.errors import NothingToDo, Sentence
from scheduler.domain.terms import Outcome
from scheduler.domain.times import local
from scheduler.flows.digest.choice import digest_off_link
from scheduler.flows.digest.contents import Digest
from scheduler.flows.digest.queue import digest_at
from scheduler.flows.mandates.choice_letter import CHOICES, subject_of
from scheduler.mail import Office, Parcel, Wording, moment, notice

_NOTHING = Sentence("Er is niets te melden.", "There is nothing to tell.")


def board_digest_letter(
    session: Session, office: Office, row: Outgoing, address: MailAddress
) -> Parcel:
    """The digest for one board member; NothingToDo where there is nothing in it any more."""
    digest = digest_at(session, row.uid, row.created_at)
    if digest.is_empty:
        raise NothingToDo(_NOTHING)
    organisation = address.organisation_id or ""
    wording = Wording(
        subject=_subject(digest),
        sentences=tuple(_sentences(digest)),
        facts=tuple(_facts(digest)),
        link=f"{office.base_url}/",
        link_text="Bekijk alles op de website",
        closing=("U krijgt deze mail omdat uw bestuur om dit bericht vroeg.",),
        off_link=digest_off_link(office.links, office.base_url, organisation),
        off_text="Geen bericht meer voor ons bestuur",
    )
    return notice(
        office,
        wording,
        address=office.addresses.open(address.sealed).decode(),
        name=f"{row.uid}/{address.id}",
        sent_at=row.created_at,
    )


def _subject(digest: Digest) -> str:
    if digest.told:
        return f"Wat er voor u is besproken: {_count(len(digest.told), 'overleg', 'overleggen')}"
    return f"Wat er komt: {_count(len(digest.coming), 'overleg', 'overleggen')}"


def _sentences(digest: Digest) -> Iterator[str]:
    if digest.told:
        yield f"Besproken namens u: {_count(len(digest.told), 'overleg', 'overleggen')}."
    yield f"Er komt aan: {_count(len(digest.coming), 'overleg', 'overleggen')}."
    if digest.unheard:
        yield f"Bij {_count(len(digest.unheard), 'overleg', 'overleggen')} spreekt niemand voor u."
    if digest.to_tell:
        yield f"U moet nog vertellen over {_count(len(digest.to_tell), 'overleg', 'overleggen')}."
    if digest.asked_again:
        many = _count(len(digest.asked_again), "keuze", "keuzes")
        yield f"Wij vragen {many} over meedoen opnieuw."
    if digest.agreed:
        yield f"Nog open: {_count(len(digest.agreed), 'afspraak', 'afspraken')}."


def _facts(digest: Digest) -> Iterator[tuple[str, str]]:
    for told in digest.told:
        yield f"Besproken: {told.meeting.title}", _decided(told)
    for meeting in digest.coming:
        heard = "niemand spreekt voor u; " if meeting in digest.unheard else ""
        yield f"Komt: {meeting.title}", f"{heard}{_when(meeting)}"
    for meeting in digest.to_tell:
        yield f"Nog te vertellen: {meeting.title}", _when(meeting)
    for choice in digest.asked_again:
        said = CHOICES[choice.choice]
        yield f"Geldt dit nog? {subject_of(choice)}", f"{said}, want: {choice.reason}"
    for each in digest.agreed:
        day = each.action.due_on
        when = f"uiterlijk {format_date(day, 'd MMMM y', locale='nl')}" if day else "zonder dag"
        yield f"Afspraak: {each.action.what}", f"{each.meeting.title}, {when}"


def _decided(told: Told) -> str:
    decided = [
        f"{each.title}: {each.said}"
        for each in told.report.items
        if each.outcome is Outcome.DECIDED
    ]
    day = format_date(local(told.meeting.starts_at).date(), "d MMMM y", locale="nl")
    return f"{day}. {' '.join(decided)}" if decided else f"{day}. Er is niets besloten."


def _when(meeting: MeetingView) -> str:
    return moment(meeting.starts_at, meeting.ends_at)


def _count(number: int, one: str, many: str) -> str:
    return f"één {one}" if number == 1 else f"{number or 'geen'} {many}"
