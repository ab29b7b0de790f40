"""What comes after asking: decline, move, withdraw; and what that does to the meeting."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from scheduler.db import audits
from scheduler.db.tables import Meeting
from scheduler.domain.access import Actor
from scheduler.domain.errors import Sentence
from scheduler.domain.requests import Step, after
from scheduler.domain.terms import EventKind
from scheduler.domain.times import local
from scheduler.flows.mail.tell_bodies import tell_of_request
from scheduler.flows.planning.meeting_slots import call_off, replace_slots
from scheduler.flows.requests.notice import short_notice
from scheduler.flows.requests.proposals import close_proposal
from scheduler.flows.requests.request_reading import BadRequest, FieldFault
from scheduler.flows.requests.request_times import TypedTime, read_moved_times
from scheduler.flows.requests.requesting import Time, replace_times, request_to_change, times_of
from scheduler.legal import LegalClock

_LONGEST_REASON = 500


def decline_request(
    session: Session, actor: Actor, request_id: str, reason: str, *, at: datetime
) -> None:
    """Say no, with a reason that the asker reads. A meeting made of it is called off.

    Raises:
        NotAllowed, NotFound: it isn't the actor's to decline, or isn't there.
        StepNotPossible: it has been declined or withdrawn.
        BadRequest: there is no reason, or far too much of one.
    """
    actor.must_plan_for_all()
    row = request_to_change(session, actor, request_id)
    state = after(row.state, Step.DECLINE)
    row.reason = read_reason(reason)
    row.state, row.changed_at, row.needs_look = state, at, False
    call_off(session, row.meeting_id)
    audits.record(session, actor, "decline", noun="request", noun_id=row.id, at=at)
    close_proposal(session, row.id, at=at)
    tell_of_request(session, row, EventKind.REQUEST_DECLINED, at=at)


def withdraw_request(session: Session, actor: Actor, request_id: str, *, at: datetime) -> None:
    """Take a request back, by its asker or who plans for all. Its meeting is called off.

    Raises:
        NotFound: it isn't there, or isn't the actor's.
        StepNotPossible: it has been declined or withdrawn.
    """
    row = request_to_change(session, actor, request_id)
    row.state = after(row.state, Step.WITHDRAW)
    row.changed_at, row.needs_look = at, False
    call_off(session, row.meeting_id)
    audits.record(session, actor, "withdraw", noun="request", noun_id=row.id, at=at)
    close_proposal(session, row.id, at=at)
    tell_of_request(session, row, EventKind.REQUEST_WITHDRAWN, at=at)


def move_request(
    session: Session,
    actor: Actor,
    request_id: str,
    typed: tuple[TypedTime | Time, ...],
    *,
    legal: Sequence[LegalClock],
    at: datetime,
) -> None:
    """Name other possible times, by the asker or who plans for all.

    A meeting made of the request gets them as its slots, and is to be planned anew. What has been
    published stays until the next publication says otherwise.

    Raises:
        NotFound: it isn't there, or isn't the actor's.
        StepNotPossible: it has been declined or withdrawn.
        BadRequest: the times can't be used.
    """
    row = request_to_change(session, actor, request_id)
    state = after(row.state, Step.MOVE)
    times = read_moved_times(typed, at=at)
    replace_times(session, row.id, times)
    short = short_notice(legal, row.character, min(t.day for t in times), local(at).date())
    row.notice_days = short.days if short else None
    row.notice_clock = short.clock.id if short else None
    row.state, row.changed_at, row.moved_at, row.needs_look = state, at, at, False
    if row.meeting_id is not None:
        replace_slots(session, row.meeting_id, times_of(session, row.id), at)
    audits.record(session, actor, "move", noun="request", noun_id=row.id, at=at)
    close_proposal(session, row.id, at=at)
    tell_of_request(session, row, EventKind.REQUEST_MOVED, at=at)


def follow_calendar(session: Session, actor: Actor, request_id: str, *, at: datetime) -> None:
    """Do to the meeting what an import found: give it the calendar's new time.

    Raises:
        NotAllowed, NotFound: it isn't the actor's to follow, or isn't there.
        StepNotPossible: it has been declined or withdrawn.
        BadInput: the new time is past.
    """
    actor.must_plan_for_all()
    row = request_to_change(session, actor, request_id)
    row.state = after(row.state, Step.MOVE)
    row.changed_at, row.needs_look = at, False
    if row.meeting_id is not None:
        session.get_one(Meeting, row.meeting_id).title = row.title
        replace_slots(session, row.meeting_id, times_of(session, row.id), at)
    audits.record(session, actor, "follow", noun="request", noun_id=row.id, at=at)
    tell_of_request(session, row, EventKind.REQUEST_MOVED, at=at)


def read_reason(text: str) -> str:
    """A reason in one line; BadRequest where there is none, or far too much of one."""
    reason = " ".join(text.split())
    if not reason or not reason.isprintable() or len(reason) > _LONGEST_REASON:
        sentence = Sentence(
            f"Zeg waarom, in ten hoogste {_LONGEST_REASON} tekens. De aanvrager leest dit.",
            f"Say why, in at most {_LONGEST_REASON} characters. The asker reads this.",
        )
        raise BadRequest((FieldFault("reason", sentence),))
    return reason
