"""One invitation, change or cancellation to one person, as a whole mail message.

REQUEST invites, and with a higher SEQUENCE it changes; CANCEL takes back (RFC 5546, 3.2).
Each message names only its own attendee, so that nobody reads who else was asked.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum
from hashlib import sha256

from calendars import ical
from calendars.entry import Entry, Party, Standing
from calendars.errors import CalendarError
from calendars.ical.text import one_line

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}")
_DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,253}[A-Za-z0-9])?")
_AFTER = b"CALSCALE:GREGORIAN\r\n"


class BadLetter(CalendarError, ValueError):
    """This cannot be sent as an invitation; the message says what is missing or wrong."""


class Method(StrEnum):
    """What a message asks of the calendar that gets it."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What goes to one attendee.

    Attributes:
        entry: with `organiser` and `attendee`; cancelled where it is taken back.
        subject, text, html: for the reader; say the same, in plain language.
        reply_to: a mailbox that is read, for answers of programs and of people.
        domain: ours, for the Message-ID.
        sent_at: when this message was made; the same for each repetition of it.

    Raises:
        BadLetter: no organiser or attendee, or an address that is none.
    """

    entry: Entry
    subject: str
    text: str
    html: str
    reply_to: str
    domain: str
    sent_at: datetime

    def __post_init__(self) -> None:
        if self.entry.organiser is None or self.entry.attendee is None:
            raise BadLetter("an invitation needs who invites and who is invited")
        for address in (self.entry.organiser.address, self.entry.attendee.address, self.reply_to):
            plain(address)
        if not _DOMAIN.fullmatch(self.domain):
            raise BadLetter(f"not a domain: {self.domain!r}")
        if self.sent_at.tzinfo is None:
            raise BadLetter("sent_at needs a zone")


def method_of(entry: Entry) -> Method:
    """CANCEL for what is cancelled, REQUEST for everything else, changes included."""
    return Method.CANCEL if entry.standing is Standing.CANCELLED else Method.REQUEST


def message_id(uid: str, revision: int, method: Method, attendee: str, domain: str) -> str:
    """The same for each repetition of one message, so that a mailbox can tell it is one.

    Without the attendee's address or the meeting in readable form.
    """
    whole = "\n".join((uid, str(revision), method, plain(attendee).lower()))
    digest = sha256(whole.encode()).hexdigest()[:32]
    return f"<{digest}.{revision}.{method.lower()}@{domain}>"


def compose(letter: Letter) -> EmailMessage:
    """The message, ready for SMTP; the same bytes for the same letter.

    From is the organiser, as programs only take a change from whom the invitation came.
    """
    message = EmailMessage(policy=SMTP)
    _address(message, letter)
    _fill(message, letter)
    _fix_boundaries(message, letter)
    return message


def plain(address: str) -> str:
    """A mail address without `mailto:`.

    Raises:
        BadLetter: it is not one that can stand in a header.
    """
    bare = address[7:] if address.lower().startswith("mailto:") else address
    if not _ADDRESS.fullmatch(bare):
        raise BadLetter(f"not a mail address: {bare[:80]!r}")
    return bare


def _address(message: EmailMessage, letter: Letter) -> None:
    entry = letter.entry
    organiser, attendee = _parties(letter)
    message["From"] = _mailbox(organiser)
    message["To"] = _mailbox(attendee)
    message["Reply-To"] = plain(letter.reply_to)
    message["Subject"] = one_line(letter.subject)
    message["Date"] = letter.sent_at.astimezone(UTC)
    message["Message-ID"] = _id(letter)
    thread = sha256(entry.uid.encode()).hexdigest()[:32]
    message["References"] = f"<{thread}.meeting@{letter.domain}>"
    message["Auto-Submitted"] = "auto-generated"


def _fill(message: EmailMessage, letter: Letter) -> None:
    method, calendar = method_of(letter.entry), _calendar(letter)
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    message.add_alternative(calendar, maintype="text", subtype="calendar", cte="base64")
    shown = list(message.iter_parts())[-1]
    # The MIME method has to equal METHOD (RFC 6047, section 2.4): Outlook shows a file otherwise.
    shown.set_param("charset", "utf-8")
    shown.set_param("method", method.value)
    name = "geannuleerd.ics" if method is Method.CANCEL else "uitnodiging.ics"
    message.add_attachment(calendar, maintype="application", subtype="ics", filename=name)


def _calendar(letter: Letter) -> bytes:
    organiser, attendee = map(_as_uri, _parties(letter))
    entry = replace(letter.entry, organiser=organiser, attendee=attendee)
    method = f"METHOD:{method_of(entry).value}\r\n".encode()
    return ical.resource(entry).replace(_AFTER, _AFTER + method, 1)


def _as_uri(party: Party) -> Party:
    return replace(party, address=f"mailto:{plain(party.address)}")


def _fix_boundaries(message: EmailMessage, letter: Letter) -> None:
    """Python would draw them at random; these cannot occur inside, being digests of it."""
    digest = sha256(f"{_id(letter)}{letter.text}{letter.html}".encode()).hexdigest()[:32]
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{digest}_{number}")


def _id(letter: Letter) -> str:
    entry, (_, attendee) = letter.entry, _parties(letter)
    method = method_of(entry)
    return message_id(entry.uid, entry.revision, method, attendee.address, letter.domain)


def _parties(letter: Letter) -> tuple[Party, Party]:
    organiser, attendee = letter.entry.organiser, letter.entry.attendee
    if organiser is None or attendee is None:
        raise BadLetter("an invitation needs who invites and who is invited")
    return organiser, attendee


def _mailbox(party: Party) -> Address:
    return Address(display_name=one_line(party.name), addr_spec=plain(party.address))
