"""Working off the outbox, and reading the mailbox that answers come to."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import OperationalError

from scheduler.db.engine import Database
from scheduler.domain.access import SYSTEM
from scheduler.domain.errors import AanTafelError
from scheduler.domain.times import now
from scheduler.flows.access.mail_sign_in import mail_asked_links
from scheduler.flows.mail.deliver_mail import Claimed, claim_mail, is_claimed, note_outcome
from scheduler.flows.mail.mail_addresses import forget_addresses
from scheduler.flows.mail.prepare_mail import prepare_mail
from scheduler.flows.mail.receive_reply import MOST_BYTES, receive_reply
from scheduler.flows.mandates.ask_again import queue_asking_again
from scheduler.flows.mandates.letters_queue import queue_endings
from scheduler.flows.reminders.queue import queue_reminders
from scheduler.jobs.rounds import Round, ShouldStop
from scheduler.logs import log, where
from scheduler.mail import Mailbox, MailboxFault, Office, Outcome, Post, Verdict, open_post

DELIVERY_SECONDS = 10
"""How often the outbox is looked through."""

REMINDER_SECONDS = 300
"""How often it is looked whether somebody has to be reminded."""


@dataclass(slots=True)
class Delivered:
    """How many mails went out, were refused for good, or will be tried again."""

    sent: int = 0
    refused: int = 0
    later: int = 0

    def count(self, verdict: Verdict) -> None:
        """Count one attempt."""
        match verdict:
            case Verdict.SENT:
                self.sent += 1
            case Verdict.REFUSED:
                self.refused += 1
            case _:
                self.later += 1


def deliver_due_mail(
    database: Database,
    office: Office,
    post: Post,
    *,
    clock: Callable[[], datetime] = now,
    should_stop: ShouldStop = lambda: False,
    chance: Callable[[], float] = random.random,
) -> Delivered:
    """Send everything that is due, one by one; no transaction is open while a server is asked.

    Where no server can be reached the rest waits for the next time.
    """
    delivered = Delivered()
    with database.session() as session:
        mail_asked_links(session, SYSTEM, office, at=clock())
        prepare_mail(session, SYSTEM, office, at=clock())
        forget_addresses(session, SYSTEM, at=clock())
    while not should_stop() and (claimed := _claim(database, office, clock)) is not None:
        outcome = _offer(database, post, office, claimed, clock)
        delivered.count(outcome.verdict)
        with database.session() as session:
            note_outcome(session, SYSTEM, office, claimed, outcome, at=clock(), chance=chance)
        if outcome.verdict is not Verdict.SENT:
            log.warning("mail %s: %s %s", claimed.id, outcome.verdict, outcome.reason)
        if outcome.verdict is Verdict.UNREACHABLE:
            break
    return delivered


def mail_rounds(
    database: Database,
    office: Office,
    *,
    clock: Callable[[], datetime] = now,
    notice_days: int,
) -> tuple[Round, ...]:
    """What the clock does about mail: send what is due, read what came, remind who has to know.

    Boards are told of the end of a mandate `notice_days` before, and asked after a year whether
    what they chose about taking part still holds.
    """
    post = open_post(office)

    def deliver(should_stop: ShouldStop) -> None:
        deliver_due_mail(database, office, post, clock=clock, should_stop=should_stop)

    def poll(_should_stop: ShouldStop) -> None:
        poll_mailbox(database, office, clock=clock)

    def remind(_should_stop: ShouldStop) -> None:
        with database.session() as session:
            queue_reminders(session, SYSTEM, at=clock())
            queue_endings(session, SYSTEM, days=notice_days, at=clock())
            queue_asking_again(session, SYSTEM, at=clock())

    return (
        Round("mail", DELIVERY_SECONDS, deliver),
        Round("mailbox", 60 * office.mail.poll_minutes, poll),
        Round("reminders", REMINDER_SECONDS, remind),
    )


def _claim(database: Database, office: Office, clock: Callable[[], datetime]) -> Claimed | None:
    try:
        with database.session() as session:
            return claim_mail(session, SYSTEM, office, at=clock())
    except OperationalError as error:
        # SQLite: somebody else wrote in between. The next round finds what is left.
        log.info("the outbox is busy: %s", where(error))
        return None


def _offer(
    database: Database, post: Post, office: Office, claimed: Claimed, clock: Callable[[], datetime]
) -> Outcome:
    def still_ours() -> bool:
        with database.session() as session:
            return is_claimed(session, SYSTEM, claimed, at=clock())

    return post.send(
        claimed.message,
        message_id=claimed.message_id,
        sender=office.mail.sender,
        recipient=claimed.recipient,
        still_ours=still_ours,
    )


def poll_mailbox(database: Database, office: Office, *, clock: Callable[[], datetime] = now) -> int:
    """Read what is new in the mailbox; gives how many mails were handled. 0 where none is named."""
    if not office.mail.imap_host:
        return 0

    def handle(message: bytes) -> bool:
        try:
            with database.session() as session:
                receive_reply(session, SYSTEM, office, message, at=clock())
        except AanTafelError as error:
            log.info("a mail was left aside: %s", type(error).__name__)
        except OperationalError as error:
            log.warning("a mail waits for the database: %s", where(error))
            return False
        return True

    try:
        return Mailbox(office.mail, MOST_BYTES).handle_new(handle)
    except MailboxFault as fault:
        log.warning("the mailbox can't be read: %s", fault)
        return 0
