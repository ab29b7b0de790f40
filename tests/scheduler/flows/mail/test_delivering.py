"""Delivering for real: a server that fails now and then, and a process that is killed."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as Peer
from sqlmodel import Session, select

from scheduler.db import tables
from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR, SYSTEM
from scheduler.domain.secrets import SecretKey
from scheduler.domain.terms import MailState
from scheduler.flows.mail.deliver_mail import claim_mail, note_outcome
from scheduler.flows.mail.outbox import release_mail
from scheduler.flows.mail.prepare_mail import prepare_mail
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.jobs.mail import _offer, deliver_due_mail
from scheduler.mail import Office, SmtpPost, Verdict, open_post
from scheduler.settings import Settings

KEY = b"k" * 32


@dataclass
class Handler:
    """Takes mail; fails as the plan says, attempt by attempt, and takes the rest."""

    plan: list[str] = field(default_factory=list)
    got: list[bytes] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, server: SMTP, peer: Peer, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.plan and self.plan[0] in {"451 rcpt", "550 rcpt"}:
            return f"{self.plan.pop(0)[:3]} no"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, peer: Peer, envelope: Envelope) -> str:  # noqa: N802
        step = self.plan.pop(0) if self.plan else "take"
        if step == "451":
            return "451 later"
        if step == "552":
            return "552 too large"
        if step == "take, then drop":
            self.got.append(envelope.content)
        if step in {"drop", "take, then drop"}:
            server.transport.abort()
            return "250 nobody hears this"
        self.got.append(envelope.content)
        return "250 OK"


@pytest.fixture
def handler() -> Handler:
    return Handler()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@pytest.fixture
def server(handler: Handler) -> Iterator[Controller]:
    controller = Controller(handler, hostname="127.0.0.1", port=free_port(), data_size_limit=10**7)
    controller.start()
    yield controller
    controller.stop()


@pytest.fixture
def smtp(office: Office, server: Controller) -> Office:
    """The office, with the server as its own."""
    settings = Settings.read(
        {
            "AANTAFEL_MAIL_SMTP_HOST": "127.0.0.1",
            "AANTAFEL_MAIL_SMTP_PORT": str(server.port),
            "AANTAFEL_MAIL_SMTP_SECURITY": "none",
            "AANTAFEL_MAIL_SENDER": "agenda@ons.example",
        }
    )
    return Office.of(settings, SecretKey(KEY))


@pytest.fixture
def away(smtp: Office, server: Controller) -> Office:
    """The office, with a server that has gone."""
    return replace(smtp, mail=replace(smtp.mail, smtp_port=free_port()))


@pytest.fixture
def queued(
    session: Session, draft: Callable[..., int], joined: Callable[..., None], noon: datetime
) -> int:
    """Six invitations that may go, committed; gives their number."""
    for person in ("r-1", "r-2"):
        joined(person)
    plan = draft({f"m-{number}": ["r-1", "r-2"] for number in (1, 2, 3)})
    publish_plan(session, COORDINATOR, plan, at=noon)
    assert release_mail(session, COORDINATOR, at=noon) == 6
    session.commit()
    return 6


def states(database: Database) -> list[MailState]:
    with database.session() as session:
        query = select(tables.Outgoing).where(tables.Outgoing.meeting_id != None)  # noqa: E711
        return [row.state for row in session.exec(query)]


def deliver(database: Database, office: Office, at: datetime) -> None:
    deliver_due_mail(database, office, open_post(office), clock=lambda: at, chance=lambda: 0.5)


def test_a_server_takes_each_mail_once(
    village: Database, smtp: Office, handler: Handler, queued: int, noon: datetime
) -> None:
    deliver(village, smtp, noon)
    deliver(village, smtp, noon + timedelta(days=1))
    assert len(handler.got) == len(set(handler.got)) == queued
    assert set(states(village)) == {MailState.SENT}


def test_a_server_that_fails_now_and_then_gets_everything_in_the_end(
    village: Database, smtp: Office, handler: Handler, queued: int, noon: datetime
) -> None:
    doubts = ["take, then drop", "take, then drop"]
    handler.plan = ["451", "451 rcpt", "drop", *doubts, "take", "451", "drop", "451 rcpt"]
    for hours in range(12):
        deliver(village, smtp, noon + timedelta(hours=hours))
    assert set(states(village)) == {MailState.SENT}
    assert len(set(handler.got)) == queued
    assert len(handler.got) == queued + len(doubts)


@pytest.mark.parametrize("refusal", ["550 rcpt", "552"])
def test_what_is_refused_for_good_is_not_tried_again(
    village: Database, smtp: Office, handler: Handler, queued: int, noon: datetime, refusal: str
) -> None:
    handler.plan = [refusal]
    for hours in range(3):
        deliver(village, smtp, noon + timedelta(hours=hours))
    assert len(handler.got) == queued - 1
    with village.session() as session:
        (failed,) = session.exec(
            select(tables.Outgoing).where(tables.Outgoing.state == MailState.FAILED)
        )
        assert (failed.failure, failed.attempts) == (refusal[:3], 1)


def test_a_server_that_is_away_is_asked_once_a_round_and_given_up_in_the_end(
    village: Database, away: Office, queued: int, noon: datetime
) -> None:
    deliver(village, away, noon)
    with village.session() as session:
        rows = session.exec(select(tables.Outgoing).where(tables.Outgoing.attempts > 0)).all()
        tried = [row for row in rows if row.meeting_id]
        assert [(row.attempts, row.in_doubt) for row in tried] == [(1, False)]
    for hours in range(42, 60):
        deliver(village, away, noon + timedelta(hours=hours))
    assert set(states(village)) == {MailState.FAILED}


def test_nothing_secret_is_logged(
    village: Database,
    smtp: Office,
    handler: Handler,
    queued: int,
    noon: datetime,
    caplog: pytest.LogCaptureFixture,
) -> None:
    handler.plan = ["451", "550 rcpt", "drop"]
    deliver(village, smtp, noon)
    assert len(caplog.messages) == 3
    assert not [line for line in caplog.messages if "@" in line or "bevestigen" in line]


def test_a_wrong_password_is_not_this_mails_fault(
    village: Database, smtp: Office, handler: Handler, queued: int, noon: datetime
) -> None:
    locked = replace(
        smtp, mail=replace(smtp.mail, smtp_username="wij", smtp_password="geheim-woord")
    )
    assert "geheim-woord" not in repr(locked)
    deliver(village, locked, noon)
    assert handler.got == []
    assert set(states(village)) == {MailState.WAITING}


DYING = """
import os, sys
from datetime import datetime
from pathlib import Path
from scheduler.db.engine import Database
from scheduler.domain.secrets import SecretKey
from scheduler.jobs.mail import deliver_due_mail
from scheduler.mail import Office, SmtpPost
from scheduler.settings import Settings

class Dying:
    def __init__(self, post, after):
        self.post, self.after = post, after
    def send(self, message, **rest):
        outcome = self.post.send(message, **rest)
        self.after -= 1
        if self.after == 0:
            print(outcome.verdict, flush=True)
            sys.stdin.read()
        return outcome

url, at, after = sys.argv[1:]
office = Office.of(Settings.read(), SecretKey(b"k" * 32))
deliver_due_mail(
    Database(url), office, Dying(SmtpPost(office.mail), int(after)),
    clock=lambda: datetime.fromisoformat(at),
)
"""


@pytest.mark.parametrize("after", [1, 4])
def test_a_process_killed_between_the_servers_word_and_the_commit_repeats_one_mail_at_most(
    village: Database,
    smtp: Office,
    handler: Handler,
    queued: int,
    noon: datetime,
    after: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AANTAFEL_MAIL_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("AANTAFEL_MAIL_SMTP_PORT", str(smtp.mail.smtp_port))
    monkeypatch.setenv("AANTAFEL_MAIL_SMTP_SECURITY", "none")
    monkeypatch.setenv("AANTAFEL_MAIL_SENDER", "agenda@ons.example")
    dying = subprocess.Popen(
        [sys.executable, "-c", DYING, str(village.engine.url), noon.isoformat(), str(after)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[4],
    )
    with dying:
        assert dying.stdout.readline() == b"sent\n"
        dying.send_signal(signal.SIGKILL)
    assert len(handler.got) == after
    deliver(village, smtp, noon + timedelta(minutes=1))
    assert len(handler.got) == queued, "what the dead process held waits for its lease to end"
    deliver(village, smtp, noon + timedelta(minutes=11))
    deliver(village, smtp, noon + timedelta(days=1))
    assert set(states(village)) == {MailState.SENT}
    assert len(set(handler.got)) == queued
    assert len(handler.got) == queued + 1


def test_a_process_that_was_paused_with_a_mail_in_hand_doesnt_send_it_once_more(
    village: Database, smtp: Office, handler: Handler, queued: int, noon: datetime
) -> None:
    with village.session() as session:
        prepare_mail(session, SYSTEM, smtp, at=noon)
        in_hand = claim_mail(session, SYSTEM, smtp, at=noon)
    assert in_hand is not None
    deliver(village, smtp, noon + timedelta(minutes=11))
    assert len(handler.got) == queued
    back = noon + timedelta(minutes=12)
    outcome = _offer(village, open_post(smtp), smtp, in_hand, lambda: back)
    assert outcome.verdict is Verdict.LATER
    with village.session() as session:
        note_outcome(session, SYSTEM, smtp, in_hand, outcome, at=back, chance=lambda: 0.5)
    deliver(village, smtp, noon + timedelta(days=1))
    assert len(handler.got) == queued
    assert set(states(village)) == {MailState.SENT}


def test_two_that_deliver_at_once_send_each_mail_once(
    village: Database, smtp: Office, handler: Handler, queued: int, noon: datetime
) -> None:
    environment = {
        "AANTAFEL_MAIL_SMTP_HOST": "127.0.0.1",
        "AANTAFEL_MAIL_SMTP_PORT": str(smtp.mail.smtp_port),
        "AANTAFEL_MAIL_SMTP_SECURITY": "none",
        "AANTAFEL_MAIL_SENDER": "agenda@ons.example",
    }
    words = [sys.executable, "-c", DYING, str(village.engine.url), noon.isoformat(), "0"]

    both = [
        subprocess.Popen(words, env={**os.environ, **environment}, cwd=Path(__file__).parents[4])
        for _ in range(2)
    ]
    assert [each.wait(60) for each in both] == [0, 0]
    deliver(village, smtp, noon)
    assert len(handler.got) == len(set(handler.got)) == queued


def test_without_a_server_mail_is_written_once_to_a_folder(
    village: Database, office: Office, queued: int, noon: datetime
) -> None:
    deliver(village, office, noon)
    files = sorted(office.folder.glob("*.eml"))
    assert len(files) == queued
    assert {file.stat().st_mode & 0o077 for file in files} == {0}
    assert b"BEGIN:VCALENDAR" not in files[0].read_bytes(), "it travels as base64"


def test_a_folder_that_cannot_be_written_keeps_the_mail_waiting(
    village: Database, office: Office, queued: int, noon: datetime
) -> None:
    office.folder.parent.mkdir(exist_ok=True)
    office.folder.write_text("in the way")
    deliver(village, office, noon)
    assert set(states(village)) == {MailState.WAITING}


def test_an_office_with_a_server_uses_it(smtp: Office, office: Office) -> None:
    assert isinstance(open_post(smtp), SmtpPost)
    assert not isinstance(open_post(office), SmtpPost)
