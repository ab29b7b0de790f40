"""Let the coordinator read a mail: before it goes, or afterwards where it lies in a folder."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from sqlmodel import Session

from scheduler.db.tables import MailAddress, Outgoing
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.flows.mail.invitation_letters import invitation_letter
from scheduler.mail import FolderPost, Office

_SECRET = re.compile(r"/(antwoord|invallen|stem|waaraan-mee|uren-lenen|mail/uit)/[\w.-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A letter to read. `body` is the inside of the HTML that our own template made."""

    subject: str
    text: str
    body: str


def show_letter(session: Session, actor: Actor, office: Office, mail_id: int) -> Shown | None:
    """The letter, or None: it carries a link for its owner's eyes, or isn't kept any more.

    Raises:
        NotFound: there is no such mail.
        NotAllowed: the actor doesn't plan for all.
    """
    actor.must_plan_for_all()
    row = session.get(Outgoing, mail_id)
    if row is None:
        raise NotFound("mail", str(mail_id))
    if row.kind.is_secret:
        return None
    message = _message(session, office, row)
    return opened(message) if message else None


def _message(session: Session, office: Office, row: Outgoing) -> bytes | None:
    if row.message is not None:
        return office.letters.open(row.message)
    if row.sent_at is not None:
        return _in_folder(office, row)
    address = session.get(MailAddress, row.recipient_id)
    if address is None or row.meeting_id is None:
        return None
    return invitation_letter(session, office, row, address).message


def _in_folder(office: Office, row: Outgoing) -> bytes | None:
    try:
        return FolderPost(office.folder).path(row.message_id).read_bytes()
    except OSError:
        return None


def opened(letter: bytes) -> Shown:
    """A letter of ours, to read."""
    return _shown(message_from_bytes(letter, policy=default))


def _without_secrets(text: str) -> str:
    """A link with which its owner answers at once is nobody else's."""
    return _SECRET.sub(r"/\1/…", text)


def _shown(message: EmailMessage) -> Shown:
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    whole = str(html.get_content()) if html else ""
    inside = whole.partition("<body>")[2].rpartition("</body>")[0]
    return Shown(
        subject=str(message["Subject"]),
        text=_without_secrets(str(plain.get_content()) if plain else ""),
        body=_without_secrets(inside),
    )
