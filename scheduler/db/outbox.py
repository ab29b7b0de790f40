"""The outbox as the coordinator sees it: to whom by function, about what, and how it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from scheduler.db.tables import (
    Corporation,
    MailAddress,
    MailReply,
    Meeting,
    MeetingRequest,
    Municipality,
    Outgoing,
    PublicationChange,
    Representative,
)
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import ChangeKind, MailKind, MailState, ReplyKind, ReplyState

_PROVINCE = "provincie"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingView:
    """One mail. `recipient` is a label or a function; empty where the address was forgotten."""

    id: int
    kind: MailKind
    state: MailState
    recipient: str
    meeting_id: str | None
    meeting_title: str
    sequence: int
    publication_number: int | None
    changes: tuple[ChangeKind, ...]
    urgent: bool
    created_at: datetime
    not_before: datetime
    sent_at: datetime | None
    attempts: int
    failure: str
    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyView:
    """Something that was mailed back, with the sender's own words as text."""

    id: int
    kind: ReplyKind
    state: ReplyState
    sender: str
    meeting_id: str | None
    meeting_title: str
    starts_at: datetime | None
    ends_at: datetime | None
    comment: str
    received_at: datetime


def outgoing(
    session: Session,
    actor: Actor,
    states: Sequence[MailState] = tuple(MailState),
    *,
    skip: int = 0,
    most: int = 500,
) -> tuple[OutgoingView, ...]:
    """The mails in these states, urgent ones first, then the newest.

    Args:
        session: the session.
        actor: who asks.
        states: in which states.
        skip: how many to pass over.
        most: how many at most.

    Raises:
        NotAllowed: the actor doesn't see all.
    """
    actor.must_see_all()
    query = (
        select(Outgoing)
        .where(col(Outgoing.state).in_(states))
        .order_by(
            col(Outgoing.urgent).desc(), col(Outgoing.created_at).desc(), col(Outgoing.id).desc()
        )
        .offset(skip)
        .limit(most)
    )
    return _views(session, session.exec(query).all())


def number_in(session: Session, actor: Actor, state: MailState) -> int:
    """How many mails are in this state; for who sees all."""
    actor.must_see_all()
    query = select(func.count()).select_from(Outgoing).where(Outgoing.state == state)
    return session.exec(query).one()


def held(session: Session, actor: Actor) -> tuple[int, datetime | None]:
    """How many mails wait to be seen, and since when the first does; for who sees all."""
    actor.must_see_all()
    query = select(func.count(), func.min(Outgoing.created_at)).where(
        Outgoing.state == MailState.HELD
    )
    number, first = session.exec(query).one()
    return number, first


def outgoing_mail(session: Session, actor: Actor, mail_id: int) -> OutgoingView:
    """One mail; NotFound where there is none."""
    actor.must_see_all()
    row = session.get(Outgoing, mail_id)
    if row is None:
        raise NotFound("mail", str(mail_id))
    return _views(session, [row])[0]


def _views(session: Session, rows: Sequence[Outgoing]) -> tuple[OutgoingView, ...]:
    changes = _changes(session, rows)
    names = _names(session, [row.recipient_id for row in rows])
    titles = _titles(session, [row.meeting_id for row in rows])
    return tuple(
        OutgoingView(
            id=row.id,
            kind=row.kind,
            state=row.state,
            recipient=names.get(row.recipient_id, ""),
            meeting_id=row.meeting_id,
            meeting_title=titles.get(row.meeting_id, ""),
            sequence=row.sequence,
            publication_number=row.publication_number,
            changes=changes.get((row.publication_number, row.meeting_id), ()),
            urgent=row.urgent,
            created_at=row.created_at,
            not_before=row.not_before,
            sent_at=row.sent_at,
            attempts=row.attempts,
            failure=row.failure,
            message_id=row.message_id,
        )
        for row in rows
    )


def recipient_names(session: Session, actor: Actor, ids: Iterable[str]) -> Mapping[str, str]:
    """How recipients are called, by address: a label, or a function; for who sees all."""
    actor.must_see_all()
    return _names(session, ids)


def _names(session: Session, ids: Iterable[str]) -> dict[str, str]:
    town = func.coalesce(MailAddress.municipality_id, MeetingRequest.municipality_id)
    corporation = func.coalesce(MailAddress.corporation_id, MeetingRequest.corporation_id)
    body = func.coalesce(Municipality.name, Corporation.name)
    query = (
        select(MailAddress, Representative.label, body)
        .join(
            Representative,
            col(Representative.id) == col(MailAddress.representative_id),
            isouter=True,
        )
        .join(MeetingRequest, col(MeetingRequest.id) == col(MailAddress.request_id), isouter=True)
        .join(Municipality, col(Municipality.id) == town, isouter=True)
        .join(Corporation, col(Corporation.id) == corporation, isouter=True)
        .where(col(MailAddress.id).in_(set(ids)))
    )
    return {
        address.id: label or ", ".join(filter(None, [address.function, name or _body_of(address)]))
        for address, label, name in session.exec(query)
    }


def _body_of(address: MailAddress) -> str:
    return "" if address.staff_id else _PROVINCE


def _titles(session: Session, ids: Iterable[str | None]) -> dict[str | None, str]:
    wanted = {each for each in ids if each}
    query = select(Meeting.id, Meeting.title).where(col(Meeting.id).in_(wanted))
    return dict(session.exec(query).all())


def _changes(
    session: Session, rows: Sequence[Outgoing]
) -> dict[tuple[int | None, str | None], tuple[ChangeKind, ...]]:
    numbers = {row.publication_number for row in rows if row.publication_number is not None}
    meetings = {row.meeting_id for row in rows if row.meeting_id is not None}
    query = (
        select(PublicationChange)
        .where(
            col(PublicationChange.publication_number).in_(numbers),
            col(PublicationChange.meeting_id).in_(meetings),
        )
        .order_by(col(PublicationChange.kind))
    )
    found: dict[tuple[int | None, str | None], tuple[ChangeKind, ...]] = {}
    for each in session.exec(query):
        key = (each.publication_number, each.meeting_id)
        found[key] = (*found.get(key, ()), each.kind)
    return found


def replies(session: Session, actor: Actor, *, most: int = 100) -> tuple[ReplyView, ...]:
    """What came back and waits for somebody, the newest first; for who sees all."""
    actor.must_see_all()
    rows = session.exec(
        select(MailReply)
        .where(MailReply.state == ReplyState.OPEN)
        .order_by(col(MailReply.received_at).desc(), col(MailReply.id).desc())
        .limit(most)
    ).all()
    names = _names(session, [row.recipient_id for row in rows])
    titles = _titles(session, [row.meeting_id for row in rows])
    return tuple(
        ReplyView(
            id=row.id,
            kind=row.kind,
            state=row.state,
            sender=names.get(row.recipient_id, ""),
            meeting_id=row.meeting_id,
            meeting_title=titles.get(row.meeting_id, ""),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            comment=row.comment,
            received_at=row.received_at,
        )
        for row in rows
    )
