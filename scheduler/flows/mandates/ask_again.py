"""A choice about taking part is asked again after a year: on pages, by mail, in the digest."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from scheduler.db import audits
from scheduler.db.mail_addresses import reachable
from scheduler.db.participation import ChoiceView, choices
from scheduler.db.tables import MailAddress, Outgoing, ParticipationChoice
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.errors import NotAllowed, NotFound
from scheduler.domain.terms import MailKind, MailState, Role
from scheduler.domain.times import local
from scheduler.flows.mandates.hand import Hand

YEAR = timedelta(days=365)
UID = "choice/"
"""What the outbox calls these mails, before the choice and the day from which it is asked again."""


def to_ask_again(session: Session, actor: Actor, *, today: date) -> tuple[ChoiceView, ...]:
    """The choices in force that a year has passed over, of those that the actor may see."""
    return tuple(
        each for each in choices(session, actor) if each.holds_on(today) and each.ask_on <= today
    )


def keep_choice(session: Session, hand: Hand, choice_id: str) -> None:
    """Say that a choice still holds: it is asked again a year from now.

    One that isn't asked yet stays as it is, so saying so twice changes nothing.

    Raises:
        NotFound: there is none that holds now.
        NotAllowed: it is neither the coordinator nor the organisation's own board.
    """
    row = session.get(ParticipationChoice, choice_id)
    if row is None or (row.last_day is not None and row.last_day < hand.today):
        raise NotFound("keuze", choice_id)
    own = hand.actor.role is Role.BOARD and hand.actor.subject == row.organisation_id
    if not (own or hand.records):
        raise NotAllowed
    put_off(session, hand, row)


def put_off(session: Session, hand: Hand, row: ParticipationChoice) -> None:
    """Ask it a year from now, where it is asked now."""
    if row.ask_on > hand.today:
        return
    row.ask_on = hand.today + YEAR
    audits.record(
        session, hand.actor, "keep", noun="participation", noun_id=row.organisation_id, at=hand.at
    )
    session.flush()


def queue_asking_again(session: Session, actor: Actor, *, at: datetime) -> int:
    """Mail every member of a board whose choice is asked again, once; gives how many mails."""
    actor.must_plan_for_all()
    members = reachable(session)
    rows = [
        row
        for each in to_ask_again(session, SYSTEM, today=local(at).date())
        for row in _due(session, each, members, at)
    ]
    session.add_all(rows)
    session.flush()
    return len(rows)


def _due(
    session: Session, view: ChoiceView, members: Sequence[MailAddress], at: datetime
) -> Iterator[Outgoing]:
    uid = f"{UID}{view.id}/{view.ask_on.isoformat()}"
    there = set(session.exec(select(Outgoing.recipient_id).where(Outgoing.uid == uid)))
    for member in members:
        if member.organisation_id == view.organisation.id and member.id not in there:
            yield Outgoing(
                uid=uid,
                sequence=0,
                kind=MailKind.PARTICIPATION,
                recipient_id=member.id,
                state=MailState.WAITING,
                created_at=at,
                released_at=at,
                not_before=at,
            )
