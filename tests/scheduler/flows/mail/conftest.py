"""An office, people with addresses, and a post that keeps what it is given."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from icalendar import Calendar, Component
from sqlmodel import Session, select

from scheduler.db import tables
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import MailState, Role
from scheduler.flows.mail.deliver_mail import claim_mail, note_outcome
from scheduler.flows.mail.mail_addresses import ask_mail, confirm_mail
from scheduler.flows.mail.prepare_mail import prepare_mail
from scheduler.mail import Office, Outcome, Verdict
from scheduler.settings import Settings

ADDRESSES = {"r-1": "een@post.example", "r-2": "twee@post.example", "r-3": "drie@post.example"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    settings = Settings.read(
        {
            "AANTAFEL_MAIL_FOLDER": str(tmp_path / "post"),
            "AANTAFEL_MAIL_SENDER": "agenda@ons.example",
        }
    )
    return Office.of(settings, SecretKey(b"k" * 32))


@dataclass
class Sink:
    """Takes mail, or says what it is told to say."""

    says: Verdict = Verdict.SENT
    got: list[tuple[str, bytes]] = field(default_factory=list)

    def send(self, message: bytes, *, message_id: str, sender: str, recipient: str) -> Outcome:
        if self.says in {Verdict.SENT, Verdict.IN_DOUBT}:
            self.got.append((recipient, message))
        return Outcome(self.says, "250" if self.says is Verdict.SENT else "451")

    @property
    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(message, policy=default) for _, message in self.got]

    @property
    def told(self) -> list[tuple[str, str, str, int]]:
        """To whom, which method, about which meeting, at which sequence."""
        return [told_by(message_from_bytes(each, policy=default)) for _, each in self.got]


def event_in(message: EmailMessage) -> tuple[str, Component]:
    (part,) = [each for each in message.walk() if each.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    (event,) = calendar.walk("VEVENT")
    assert part.get_param("method") == calendar["METHOD"]
    return str(calendar["METHOD"]), event


def told_by(message: EmailMessage) -> tuple[str, str, str, int]:
    method, event = event_in(message)
    return str(message["To"].addresses[0].addr_spec), method, str(event["UID"]), event["SEQUENCE"]


@pytest.fixture
def sink() -> Sink:
    return Sink()


Deliver = Callable[..., int]


@pytest.fixture
def deliver(session: Session, office: Office, sink: Sink, noon: datetime) -> Deliver:
    """Sends everything that is due; gives how many attempts that took."""

    def make(at: datetime | None = None) -> int:
        attempts = 0
        moment = at or noon
        prepare_mail(session, SYSTEM, office, at=moment)
        while (claimed := claim_mail(session, SYSTEM, office, at=moment)) is not None:
            outcome = sink.send(
                claimed.message,
                message_id=claimed.message_id,
                sender=office.mail.sender,
                recipient=claimed.recipient,
            )
            note_outcome(session, SYSTEM, office, claimed, outcome, at=moment, chance=lambda: 0.5)
            attempts += 1
        session.flush()
        return attempts

    return make


@pytest.fixture
def joined(
    session: Session, office: Office, deliver: Deliver, sink: Sink, noon: datetime
) -> Callable[..., None]:
    """`joined("r-1")` asks for mail and follows the link that was mailed."""

    def make(person: str, address: str | None = None, at: datetime | None = None) -> None:
        moment = at or noon
        ask_mail(
            session,
            Actor(Role.REPRESENTATIVE, person),
            office,
            person,
            address or ADDRESSES[person],
            at=moment,
        )
        deliver(moment)
        text = sink.messages[-1].get_body(("plain",)).get_content()
        sink.got.clear()
        token = text.partition("/mail/bevestigen/")[2].split()[0]
        confirm_mail(session, token, at=moment)

    return make


@pytest.fixture
def rows(session: Session) -> Callable[..., list[tables.Outgoing]]:
    """What stands in the outbox, in these states."""

    def make(*states: MailState) -> list[tables.Outgoing]:
        found = session.exec(select(tables.Outgoing).order_by(tables.Outgoing.id)).all()
        return [row for row in found if row.state in (states or tuple(MailState))]

    return make
