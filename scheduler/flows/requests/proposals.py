"""What the flows around proposals share: which one is open, and ending it."""

from datetime import datetime

from sqlmodel import Session, select

from scheduler.db.tables import Proposal
from scheduler.domain.terms import ProposalState


def close_proposal(session: Session, request_id: str, *, at: datetime) -> None:
    """End what is still open: the request has gone on without an answer."""
    query = select(Proposal).where(
        Proposal.request_id == request_id, Proposal.state == ProposalState.OPEN
    )
    for proposal in session.exec(query).all():
        proposal.state, proposal.answered_at = ProposalState.OVERTAKEN, at
    session.flush()
