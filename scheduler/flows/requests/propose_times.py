"""Propose times to who asked, that would do better."""

from datetime import datetime

from sqlmodel import Session

from scheduler.db import audits
from scheduler.db.tables import Proposal, ProposedTime
from scheduler.domain.access import Actor
from scheduler.domain.requests import Step, StepNotPossible, may
from scheduler.domain.terms import EventKind
from scheduler.flows.mail.tell_bodies import tell_of_request
from scheduler.flows.requests.proposals import close_proposal
from scheduler.flows.requests.request_reading import Reading
from scheduler.flows.requests.request_texts import read_text
from scheduler.flows.requests.request_times import TypedTime, read_times
from scheduler.flows.requests.requesting import Time, request_of


def propose_times(
    session: Session,
    actor: Actor,
    request_id: str,
    typed: tuple[TypedTime | Time, ...],
    note: str = "",
    *,
    at: datetime,
) -> int:
    """Propose other times to who asked, by who plans for all; a later proposal takes its place.

    Nothing is moved by it: the request stays as it was asked until the asker takes a time.

    Raises:
        NotAllowed, NotFound: it isn't the actor's to propose, or isn't there.
        StepNotPossible: the request has been declined or withdrawn.
        BadRequest: the times or the words can't be used.
    """
    actor.must_plan_for_all()
    row = request_of(session, actor, request_id)
    if not may(row.state, Step.MOVE):
        raise StepNotPossible(row.state)
    reading = Reading(at)
    times = read_times(typed, reading)
    words = read_text("note", note, reading)
    reading.refuse()
    close_proposal(session, row.id, at=at)
    proposal = Proposal(request_id=row.id, note=words, made_at=at)
    session.add(proposal)
    session.flush()
    for number, time in enumerate(times):
        if time.starts_at is not None and time.ends_at is not None:
            session.add(
                ProposedTime(
                    proposal_id=proposal.id,
                    position=number,
                    starts_at=time.starts_at,
                    ends_at=time.ends_at,
                )
            )
    row.changed_at = at
    audits.record(session, actor, "propose", noun="request", noun_id=row.id, at=at)
    tell_of_request(session, row, EventKind.REQUEST_PROPOSED, at=at)
    return proposal.id
