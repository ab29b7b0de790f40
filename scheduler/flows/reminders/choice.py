"""Which reminders by mail somebody wants; without choosing there are none."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from scheduler.db import audits, people
from scheduler.db.tables import ReminderChoice
from scheduler.domain.access import Actor
from scheduler.domain.errors import BadInput, Sentence, SpentLink
from scheduler.domain.links import Links, Purpose
from scheduler.domain.terms import MailKind, Role

DAYS = (1, 2, 3, 7)
"""How many days before a meeting a reminder can go."""

_NO_SUCH_DAYS = Sentence("Kies een van de dagen.", "Choose one of the days.")


@dataclass(frozen=True, slots=True)
class Reminders:
    """How many days before a meeting a mail goes (None: never), and whether one goes each week."""

    mail_days: int | None = None
    digest: bool = False


def reminders_of(session: Session, actor: Actor, representative_id: str) -> Reminders:
    """What somebody chose; NotFound where it isn't the actor's to see."""
    people.representative(session, actor, representative_id)
    row = session.get(ReminderChoice, representative_id)
    return Reminders(row.mail_days, row.digest) if row else Reminders()


def choose_reminders(
    session: Session, actor: Actor, representative_id: str, wanted: Reminders, *, at: datetime
) -> None:
    """Choose; the same choice again changes nothing.

    Raises:
        NotFound: it isn't the actor's.
        BadInput: so many days before can't be chosen.
    """
    if wanted.mail_days is not None and wanted.mail_days not in DAYS:
        raise BadInput(_NO_SUCH_DAYS)
    if reminders_of(session, actor, representative_id) == wanted:
        return
    _keep(session, representative_id, wanted, at)
    audits.record(session, actor, "choose", noun="reminder", noun_id=representative_id, at=at)


def off_link(links: Links, base_url: str, representative_id: str, kind: MailKind) -> str:
    """Where one kind of reminder is turned off, without signing in."""
    return f"{base_url}/mail/uit/{links.token(Purpose.MAIL_OFF, representative_id, kind)}"


def open_off_link(session: Session, links: Links, token: str) -> tuple[Actor, MailKind]:
    """Whose link it is, and which kind it turns off; SpentLink where it isn't ours."""
    person, kind = links.read(Purpose.MAIL_OFF, token)
    actor = Actor(Role.REPRESENTATIVE, person)
    if not people.representatives(session, actor):
        raise SpentLink
    return actor, MailKind(kind)


def turn_off(session: Session, links: Links, token: str, *, at: datetime) -> MailKind:
    """Send no more of this kind; once more changes nothing. Raises SpentLink as above."""
    actor, kind = open_off_link(session, links, token)
    person = actor.subject or ""
    now = reminders_of(session, actor, person)
    wanted = (
        Reminders(now.mail_days, digest=False)
        if kind is MailKind.DIGEST
        else Reminders(None, digest=now.digest)
    )
    if wanted != now:
        _keep(session, person, wanted, at)
        audits.record(session, actor, "stop", noun="reminder", noun_id=person, at=at)
    return kind


def _keep(session: Session, person: str, wanted: Reminders, at: datetime) -> None:
    session.merge(
        ReminderChoice(
            representative_id=person,
            mail_days=wanted.mail_days,
            digest=wanted.digest,
            chosen_at=at,
        )
    )
    session.flush()
