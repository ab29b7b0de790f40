"""Put into the outbox what a change of meetings has to tell by mail: rows only, sent by others."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from sqlmodel import Session, col, select

from scheduler.db.mail_addresses import contact_of, reachable
from scheduler.db.tables import MailAddress, MeetingRequest, Outgoing
from scheduler.domain.access import Actor, body
from scheduler.domain.terms import MailKind, MailState, MeetingState, Role
from scheduler.flows.mail.mail_plan import Decision, decide
from scheduler.flows.publishing.facts import Facts

URGENT = timedelta(hours=48)
"""A change this shortly before a meeting goes at once: no feed is read often enough."""


@dataclass(frozen=True, slots=True)
class Revised:
    """A meeting as it is published now, its revision's number, and as it was before."""

    facts: Facts
    revision: int
    before: Facts | None = None

    def is_urgent(self, at: datetime) -> bool:
        """Whether it begins soon, or would have."""
        times = [each.starts_at for each in (self.facts, self.before) if each is not None]
        return any(timedelta() <= starts_at - at <= URGENT for starts_at in times)


@dataclass(frozen=True, slots=True)
class MailStep:
    """One decision about one recipient of one meeting."""

    meeting: Revised
    recipient_id: str
    decision: Decision


def queue_invitations(
    session: Session,
    actor: Actor,
    meetings: Sequence[Revised],
    publication: int | None,
    *,
    held: bool,
    at: datetime,
    only: MailAddress | None = None,
) -> int:
    """Add to the outbox what these meetings' recipients have to be told; gives how many mails.

    Args:
        session: the session; the caller commits, together with the change itself.
        actor: who changes the meetings; must plan for all.
        meetings: the meetings as they are published now.
        publication: the number of the publication that does it, where one does.
        held: whether the mails wait to be seen first; urgent ones never do.
        at: the present instant. Meetings that are over by then are left alone.
        only: leave everybody else alone, for who has just asked for mail.
    """
    actor.must_plan_for_all()
    added = 0
    for step in mail_steps(session, meetings, at=at, only=only):
        for row in step.decision.withdraw:
            row.state, row.message = MailState.WITHDRAWN, None
        if step.decision.add is not None:
            session.add(outgoing_of(step, step.decision.add, publication, held=held, at=at))
            added += 1
    session.flush()
    return added


def mail_steps(
    session: Session,
    meetings: Sequence[Revised],
    *,
    at: datetime,
    only: MailAddress | None = None,
) -> Iterable[MailStep]:
    """What would be done about each recipient; nothing is changed by looking."""
    coming = [each for each in meetings if _last_end(each) > at]
    invited = _Invited.among(session, [only] if only else reachable(session))
    before = _before(session, [each.facts.uid for each in coming], only)
    for meeting in coming:
        rows = before[meeting.facts.uid]
        due = invited.to(meeting.facts)
        for recipient in sorted({*due, *rows}):
            had = rows.get(recipient, ())
            decision = decide(had, invited=recipient in due, revision=meeting.revision)
            if decision.add or decision.withdraw:
                yield MailStep(meeting, recipient, decision)


@dataclass(frozen=True, slots=True)
class _Invited:
    """Whose addresses there are: of representatives, of bodies, and of who sent the request."""

    people: Mapping[str, Sequence[MailAddress]]
    bodies: Mapping[Actor, Sequence[MailAddress]]
    requests: Mapping[str, Sequence[MailAddress]]

    @classmethod
    def among(cls, session: Session, addresses: Sequence[MailAddress]) -> "_Invited":
        people, bodies, requests = defaultdict(list), defaultdict(list), defaultdict(list)
        meetings = _meetings_of(session, addresses)
        for each in addresses:
            owner = contact_of(each)
            if each.representative_id:
                people[each.representative_id].append(each)
            elif owner is not None:
                bodies[owner].append(each)
            elif each.request_id in meetings:
                requests[meetings[each.request_id]].append(each)
        return cls(people, bodies, requests)

    def to(self, facts: Facts) -> frozenset[str]:
        """The addresses that should have the meeting: none when it is off, and each once."""
        if facts.state is MeetingState.CANCELLED:
            return frozenset()
        going = (self.people.get(each.representative_id, ()) for each in sorted(facts.people))
        town = Actor(Role.MUNICIPALITY, facts.municipality_id) if facts.municipality_id else None
        owner = body(facts.level, facts.municipality_id, facts.corporation_id)
        asking = (self.bodies.get(each, ()) for each in dict.fromkeys([town, owner]) if each)
        sent = self.requests.get(facts.meeting_id, ())
        once: dict[str, str] = {}
        for address in chain(*going, *asking, sent):
            once.setdefault(address.fingerprint, address.id)
        return frozenset(once.values())


def _meetings_of(session: Session, addresses: Iterable[MailAddress]) -> dict[str | None, str]:
    """The meeting that became of each request, by the request."""
    asked = {each.request_id for each in addresses if each.request_id}
    query = select(MeetingRequest.id, MeetingRequest.meeting_id).where(
        col(MeetingRequest.id).in_(asked)
    )
    return {request: meeting for request, meeting in session.exec(query) if meeting}


def _last_end(meeting: Revised) -> datetime:
    return max(each.ends_at for each in (meeting.facts, meeting.before) if each is not None)


def _before(
    session: Session, uids: Sequence[str], only: MailAddress | None
) -> Mapping[str, Mapping[str, Sequence[Outgoing]]]:
    """All mail about meetings so far, by uid and recipient."""
    query = select(Outgoing).where(
        col(Outgoing.uid).in_(uids),
        col(Outgoing.kind).in_([MailKind.REQUEST, MailKind.CANCEL]),
    )
    if only is not None:
        query = query.where(Outgoing.recipient_id == only.id)
    found: dict[str, dict[str, list[Outgoing]]] = defaultdict(lambda: defaultdict(list))
    for row in session.exec(query):
        found[row.uid][row.recipient_id].append(row)
    return found


def outgoing_of(
    step: MailStep, kind: MailKind, publication: int | None, *, held: bool, at: datetime
) -> Outgoing:
    """The mail of one step as it stands in the outbox; nothing is stored."""
    meeting = step.meeting
    urgent = meeting.is_urgent(at)
    waits = held and not urgent
    return Outgoing(
        uid=meeting.facts.uid,
        sequence=meeting.revision,
        kind=kind,
        recipient_id=step.recipient_id,
        meeting_id=meeting.facts.meeting_id,
        publication_number=publication,
        urgent=urgent,
        state=MailState.HELD if waits else MailState.WAITING,
        created_at=at,
        released_at=None if waits else at,
        not_before=at,
    )
