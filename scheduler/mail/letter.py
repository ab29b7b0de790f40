"""From words and a calendar entry to the bytes that travel; the same bytes for the same letter."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from hashlib import sha256

from calendars.entry import Entry, Party
from calendars.itip import Letter, compose
from scheduler.mail.office import Office
from scheduler.mail.wording import Wording

_WHOLE_LINE = "List-Unsubscribe"


class _Policy(EmailPolicy):
    """As usual, but an address in a header stays whole: cut or encoded, no program follows it."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """One header as bytes (RFC 5322, section 2.2.3)."""
        if name == _WHOLE_LINE:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _Policy(linesep="\r\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A mail that is ready to go. `message` holds an address: it is stored sealed only."""

    subject: str
    message_id: str
    message: bytes = field(repr=False)

    @property
    def digest(self) -> str:
        """What proves afterwards which message went out."""
        return sha256(self.message).hexdigest()


def invitation(
    office: Office, entry: Entry, wording: Wording, *, address: str, name: str, sent_at: datetime
) -> Parcel:
    """An invitation, a change of it or its taking back, for one address (RFC 5546, RFC 6047).

    Args:
        office: who invites.
        entry: the meeting as this person's calendar shows it; cancelled where it is taken back.
        wording: the same in words.
        address: of the one who is invited; no other stands in the message.
        name: how that one is called.
        sent_at: the mail's date; the same for each repetition.
    """
    mail = office.mail
    letter = Letter(
        entry=replace(
            entry,
            organiser=Party(address=mail.sender, name=mail.sender_name),
            attendee=Party(address=address, name=name),
        ),
        subject=wording.subject,
        text=wording.text,
        html=wording.html,
        reply_to=mail.answers_to,
        domain=mail.domain,
        sent_at=sent_at,
    )
    return _parcel(compose(letter))


def notice(
    office: Office, wording: Wording, *, address: str, name: str, sent_at: datetime
) -> Parcel:
    """A mail of words alone. `name` is what makes its Message-ID the same at each repetition."""
    digest = sha256(name.encode()).hexdigest()[:32]
    message = EmailMessage(policy=_POLICY)
    message["From"] = Address(display_name=office.mail.sender_name, addr_spec=office.mail.sender)
    message["To"] = Address(addr_spec=address)
    message["Reply-To"] = office.mail.answers_to
    message["Subject"] = wording.subject
    message["Date"] = sent_at.astimezone(UTC)
    message["Message-ID"] = f"<{digest}.notice@{office.mail.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if wording.off_link:
        # One press in the mail program, without a page (RFC 8058, section 3.1).
        message[_WHOLE_LINE] = f"<{wording.off_link}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(wording.text, cte="quoted-printable")
    message.add_alternative(wording.html, subtype="html", cte="quoted-printable")
    # Python would draw it at random; a digest doesn't occur inside.
    message.set_boundary(f"=_{digest}")
    return _parcel(message)


def _parcel(message: EmailMessage) -> Parcel:
    return Parcel(
        subject=str(message["Subject"]),
        message_id=str(message["Message-ID"]),
        message=message.as_bytes(),
    )
