"""Answer a proposal of other times: take one of them, or keep to what was asked."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from scheduler.db import audits
from scheduler.db.tables import Proposal, ProposedTime
from scheduler.domain.access import Actor
from scheduler.domain.errors import NothingToDo, Sentence
from scheduler.domain.terms import EventKind, ProposalState
from scheduler.domain.times import local
from scheduler.flows.mail.tell_bodies import tell_of_request
from scheduler.flows.requests.change_request import move_request
from scheduler.flows.requests.request_reading import Reading
from scheduler.flows.requests.request_texts import read_text
from scheduler.flows.requests.requesting import Time, request_of
from scheduler.legal import LegalClock

_ANSWERED = Sentence(
    "Dit voorstel is al beantwoord, of er is een nieuwer. Bekijk de uitnodiging opnieuw.",
    "This proposal has been answered, or there is a newer one. Look at the request again.",
)


def take_proposal(
    session: Session,
    actor: Actor,
    request_id: str,
    proposal_id: int,
    position: int,
    *,
    legal: Sequence[LegalClock],
    at: datetime,
) -> None:
    """Answer yes to one of the proposed times: the request is moved to it. Twice is once.

    Raises:
        NotFound: the request isn't there, or isn't the actor's.
        NothingToDo: the proposal has been answered otherwise, or has no such time.
        StepNotPossible: the request has been declined or withdrawn.
        BadRequest: the time has come too near.
    """
    proposal = _proposal(session, actor, request_id, proposal_id, ProposalState.TAKEN)
    time = session.get(ProposedTime, (proposal.id, position))
    if time is None:
        raise NothingToDo(_ANSWERED)
    if proposal.state is ProposalState.TAKEN:
        return
    proposal.state, proposal.answered_at = ProposalState.TAKEN, at
    taken = Time(local(time.starts_at).date(), time.starts_at, time.ends_at)
    move_request(session, actor, request_id, (taken,), legal=legal, at=at)


def refuse_proposal(
    session: Session, actor: Actor, request_id: str, proposal_id: int, answer: str, *, at: datetime
) -> None:
    """Answer no, in words if they like: the request stays as it was asked. Twice is once.

    Raises:
        NotFound: the request isn't there, or isn't the actor's.
        NothingToDo: the proposal has been answered otherwise.
        BadRequest: the words can't be used.
    """
    proposal = _proposal(session, actor, request_id, proposal_id, ProposalState.REFUSED)
    if proposal.state is ProposalState.REFUSED:
        return
    reading = Reading(at)
    words = read_text("answer", answer, reading)
    reading.refuse()
    proposal.state, proposal.answered_at, proposal.answer = ProposalState.REFUSED, at, words
    row = request_of(session, actor, request_id)
    row.changed_at = at
    audits.record(session, actor, "refuse", noun="request", noun_id=request_id, at=at)
    tell_of_request(session, row, EventKind.REQUEST_ANSWERED, at=at)


def _proposal(
    session: Session, actor: Actor, request_id: str, proposal_id: int, already: ProposalState
) -> Proposal:
    """The proposal, still open or answered just so."""
    row = request_of(session, actor, request_id)
    proposal = session.get(Proposal, proposal_id)
    if proposal is None or proposal.request_id != row.id:
        raise NothingToDo(_ANSWERED)
    if proposal.state not in {ProposalState.OPEN, already}:
        raise NothingToDo(_ANSWERED)
    return proposal
