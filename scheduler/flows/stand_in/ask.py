"""Ask others to go in somebody's place: rows for the request and for its mail, nothing else."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from scheduler.db import audits, published
from scheduler.db.mail_addresses import reachable
from scheduler.db.tables import MailAddress, Outgoing, StandInAsked, StandInRequest
from scheduler.db.views import MeetingView
from scheduler.domain.access import SYSTEM, Actor
from scheduler.domain.errors import BadInput, NotFound, NothingToDo, Sentence
from scheduler.domain.ids import new_id
from scheduler.domain.terms import MailKind, MailState, MeetingState, Part, Role, StandInState
from scheduler.flows.adjusting import Shelf
from scheduler.flows.stand_in.places import who_could

_NOBODY = Sentence("Kies wie u wilt vragen.", "Choose whom you want to ask.")
_CANT = Sentence(
    "Deze persoon kan dan niet. Kies iemand anders.",
    "This person can't come then. Choose somebody else.",
)
_TOO_LATE = Sentence(
    "Dit overleg is al begonnen of gaat niet door. U hoeft niets te doen.",
    "This meeting has begun or is cancelled. You needn't do anything.",
)


def deadline(asked_at: datetime, starts_at: datetime, *, hours: int) -> datetime:
    """Until when colleagues may step in before the coordinator looks too.

    At most so many hours after asking, and never later than halfway to the meeting.
    """
    return min(asked_at + timedelta(hours=hours), asked_at + (starts_at - asked_at) / 2)


def ask_stand_in(
    session: Session,
    actor: Actor,
    shelf: Shelf,
    meeting_id: str,
    people: Collection[str],
    *,
    at: datetime,
    agreed: bool = False,
) -> None:
    """Ask people to take the actor's place; whoever was asked already isn't asked again.

    Args:
        session: the session; the caller commits.
        actor: the representative who can't come.
        shelf: the standings that this process keeps.
        meeting_id: a published meeting at which the actor attends or stands by.
        people: whom to ask; each of them could go by the rule book.
        at: now.
        agreed: whether the actor says that they have said yes already; they confirm it themselves.

    Raises:
        NotFound: the actor has no place at such a meeting.
        NothingToDo: it has begun, or is cancelled.
        BadInput: nobody is asked, or somebody who can't come.
    """
    person = actor.subject if actor.role is Role.REPRESENTATIVE else None
    if person is None:
        raise NotFound("overleg", meeting_id)
    meeting = published.published_meeting(session, actor, meeting_id)
    part = _part(meeting, person)
    if meeting.state is MeetingState.CANCELLED or meeting.starts_at <= at:
        raise NothingToDo(_TOO_LATE)
    if not people:
        raise BadInput(_NOBODY)
    able = {each.id for each in who_could(session, shelf, meeting_id, person, at=at)}
    if not able.issuperset(people):
        raise BadInput(_CANT)
    added = _ask(session, meeting, person, part, people, agreed=agreed, at=at)
    if added:
        _note(session, actor, meeting, added, at)


def ask_deputy(session: Session, person: str, meeting: MeetingView, *, at: datetime) -> None:
    """Tell the deputy that somebody who attends can't come: one press, and they step in."""
    deputy = meeting.deputy
    attends = any(each.representative_id == person for each in meeting.attendees)
    if deputy is None or not attends or meeting.starts_at <= at:
        return
    asked = [deputy.representative_id]
    if added := _ask(session, meeting, person, Part.ATTENDEE, asked, agreed=False, at=at):
        _note(session, SYSTEM, meeting, added, at)


def _part(meeting: MeetingView, person: str) -> Part:
    people = (*meeting.attendees, *filter(None, [meeting.deputy]))
    found = next((each.part for each in people if each.representative_id == person), None)
    if found is None:
        raise NotFound("overleg", meeting.id)
    return found


def _ask(
    session: Session,
    meeting: MeetingView,
    person: str,
    part: Part,
    people: Collection[str],
    *,
    agreed: bool,
    at: datetime,
) -> list[str]:
    """Who is asked now and wasn't before."""
    request = _open(session, meeting.id, person) or _new(session, meeting.id, person, part, at)
    query = select(StandInAsked).where(StandInAsked.request_id == request.id)
    known = {row.representative_id for row in session.exec(query)}
    added = [each for each in dict.fromkeys(people) if each not in known]
    session.add_all(
        StandInAsked(request_id=request.id, representative_id=each, agreed=agreed, asked_at=at)
        for each in added
    )
    session.add_all(_mails(session, request, added, meeting, at))
    session.flush()
    return added


def _open(session: Session, meeting_id: str, person: str) -> StandInRequest | None:
    query = select(StandInRequest).where(
        StandInRequest.meeting_id == meeting_id,
        StandInRequest.representative_id == person,
        StandInRequest.state == StandInState.OPEN,
    )
    return session.exec(query).first()


def _new(
    session: Session, meeting_id: str, person: str, part: Part, at: datetime
) -> StandInRequest:
    request = StandInRequest(
        id=new_id("si"), meeting_id=meeting_id, representative_id=person, part=part, asked_at=at
    )
    session.add(request)
    session.flush()
    return request


def _mails(
    session: Session,
    request: StandInRequest,
    people: Collection[str],
    meeting: MeetingView,
    at: datetime,
) -> Iterator[Outgoing]:
    """A row for each who can be mailed; the letter is written when it is about to go."""
    addresses: dict[str, MailAddress] = {
        row.representative_id: row for row in reachable(session) if row.representative_id
    }
    for person in people:
        if person in addresses:
            yield Outgoing(
                uid=f"{UID}{request.id}",
                sequence=0,
                kind=MailKind.STAND_IN,
                recipient_id=addresses[person].id,
                meeting_id=meeting.id,
                subject=meeting.title,
                urgent=True,
                state=MailState.WAITING,
                created_at=at,
                released_at=at,
                not_before=at,
            )


UID = "stand-in/"
"""What the outbox calls a request, before its identifier."""


def open_mails(session: Session, request_id: str) -> Iterator[Outgoing]:
    """The mails about a request that haven't gone."""
    yield from session.exec(
        select(Outgoing).where(
            Outgoing.uid == f"{UID}{request_id}",
            col(Outgoing.state).in_([MailState.HELD, MailState.WAITING]),
            col(Outgoing.lease_until).is_(None),
        )
    )


def _note(
    session: Session, actor: Actor, meeting: MeetingView, people: Collection[str], at: datetime
) -> None:
    audits.record(
        session,
        actor,
        "ask stand-in",
        noun="meeting",
        noun_id=meeting.id,
        at=at,
        detail=" ".join(sorted(people)),
    )
